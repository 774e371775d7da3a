#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the results of an engine sweep together.

    accept_table.py OUT [MORE...]    writes OUT/accept.json and OUT/accept.md, prints the latter

Errors are the largest of an output's magnitude, as tf2trt defines them, and of integers the share
that differs. `ORT` is the model in ONNX Runtime against the golden, `sim` low precision as the
conversion simulated it against fp32, `engine` the engine against the golden, top-1 the share of
made-up inputs to which engine and fp32 model give one class.
"""
import json
import pathlib
import re
import sys

PRECISIONS = ["fp32", "fp16", "bf16"]
COMPARISONS = ["simulated", "onnxruntime", "engine", "engine_against_onnxruntime"]
KEPT = {"name", "type", "passed", "problem", "error", "mismatch_share"}


def error(result, key):
    """Of numbers the largest, of labels the share that differs."""
    outputs = ((result or {}).get(key) or {}).get("outputs", [])
    labels = [o for o in outputs if o["type"][0] in "iu" or o["type"].startswith("bool")]
    numbers = [o["error"] for o in outputs if o not in labels]
    texts = [f"{max(numbers):.1e}"] if numbers else []
    if labels:
        texts.append(f"{100 * max(o.get('mismatch_share', 1) for o in labels):.2g} % of labels")
    return ", ".join(texts) or "-"


def share(result):
    top = (result or {}).get("top1")
    return "-" if top is None else f"{100 * top['share']:.1f} %"


def status(results):
    """Nothing when all passed, else what became of which precision."""
    other = {p: results[p]["status"] for p in PRECISIONS if p in results and results[p]["status"] != "ok"}
    return " ".join(f"{p} {s}" for p, s in other.items())


def row(name, results):
    fp32, fp16, bf16 = (results.get(p) for p in PRECISIONS)
    return [
        name,
        error(fp32, "onnxruntime"),
        error(fp32, "engine"),
        error(fp16, "simulated"),
        error(fp16, "engine"),
        share(fp16),
        error(bf16, "simulated"),
        error(bf16, "engine"),
        share(bf16),
        status(results),
    ]


def without_folders(result):
    """Messages name files by the model, not by where they lay on the machine that made them."""
    stem = re.escape(result["name"].split(".")[0])
    result["messages"] = [re.sub(rf"/[^\s':]*?/(?={stem}\b)", "", m) for m in result["messages"]]
    return result


def main():
    """Later folders win over earlier ones; the first gets the results."""
    folders = [pathlib.Path(a) for a in sys.argv[1:]]
    models = {}
    for out in folders:
        for file in sorted(out.rglob("*.json")):
            if file.name.split(".")[-2] in PRECISIONS:
                result = without_folders(json.loads(file.read_text()))
                models.setdefault(result["name"], {})[result["precision"]] = result
    for results in models.values():
        for result in results.values():
            for key in COMPARISONS:
                for output in result.get(key, {}).get("outputs", []):
                    for detail in set(output) - KEPT:
                        del output[detail]
    engines = [models[n][p] for n in sorted(models) for p in PRECISIONS if p in models[n]]
    out = folders[0]
    (out / "accept.json").write_text(json.dumps({"engines": engines}, indent=1) + "\n")
    head = ["model", "fp32 ORT", "engine", "fp16 sim", "engine", "top-1", "bf16 sim", "engine", "top-1", ""]
    lines = [head, ["---"] * len(head)] + [row(n, models[n]) for n in sorted(models)]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
    (out / "accept.md").write_text(text)
    print(text)
    for r in engines:
        if r["status"] not in ("ok", "refused"):
            print(r["name"], r["precision"], r["status"], *r.get("messages", [])[:2], sep=" | ")


if __name__ == "__main__":
    main()
