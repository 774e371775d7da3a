#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the results of an engine sweep together.

    accept_table.py OUT      writes OUT/accept.json and OUT/accept.md, prints the latter

Errors are the largest of an output's magnitude, as tf2trt defines them. `ort` is the same model in
ONNX Runtime against the golden, `engine` the engine against the golden, `engine-ort` the two
against each other, top-1 the share of made-up inputs that engine and fp32 model give one class.
"""
import json
import pathlib
import sys

PRECISIONS = ["fp32", "fp16", "bf16"]


def error(result, key):
    comparison = result.get(key)
    return "-" if comparison is None else f"{comparison['error']:.1e}"


def row(result):
    top = result.get("top1")
    share = "-" if top is None else f"{100 * top['share']:.1f} %"
    ort = "onnxruntime" if "onnxruntime" in result else "simulated"
    return [
        result["name"],
        result["precision"],
        result["status"],
        error(result, ort),
        error(result, "engine"),
        error(result, "engine_against_onnxruntime"),
        share,
        f"{result.get('build_seconds', 0):.1f}",
        f"{result.get('plan_bytes', 0) / 1e6:.1f}",
    ]


def main():
    out = pathlib.Path(sys.argv[1])
    results = []
    for file in sorted(out.rglob("*.json")):
        if file.name.split(".")[-2] in PRECISIONS:
            results.append(json.loads(file.read_text()))
    results.sort(key=lambda r: (r["name"], PRECISIONS.index(r["precision"])))
    (out / "accept.json").write_text(json.dumps({"engines": results}, indent=1) + "\n")
    head = "model precision status ort engine engine-ort top-1 build_s MB".split()
    lines = [head, ["---"] * len(head)] + [row(r) for r in results]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
    (out / "accept.md").write_text(text)
    print(text)
    for r in results:
        if r["status"] not in ("ok", "refused"):
            print(r["name"], r["precision"], r["status"], *r.get("messages", [])[:2], sep=" | ")


if __name__ == "__main__":
    main()
