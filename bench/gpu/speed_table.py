#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Joins what speed.sh measured: speed_table.py FOLDER PYTORCH.json OUT.json, and prints a table."""
import json
import pathlib
import re
import statistics
import sys

FILE = re.compile(r"(?P<name>.+)\.b(?P<batch>\d+)\.(?P<variant>[a-z0-9-]+)\.(?P<round>\d+)\.json")


def read(folder):
    """Results of all rounds, by network, batch and variant."""
    runs = {}
    for file in sorted(folder.iterdir()):
        match = FILE.fullmatch(file.name)
        if match and file.stat().st_size:
            key = (match["name"], int(match["batch"]), match["variant"])
            runs.setdefault(key, []).append(json.loads(file.read_text()))
    return runs


def main():
    folder, pytorch_file, out = map(pathlib.Path, sys.argv[1:4])
    pytorch = json.loads(pytorch_file.read_text()) if pytorch_file.exists() else {"networks": {}}
    table = {}
    for (name, batch, variant), rounds in read(folder).items():
        medians = [r["gpu_us"]["p50"] for r in rounds]
        entry = table.setdefault(name, {}).setdefault(str(batch), {})
        entry[variant] = {
            "median_us": statistics.median(medians),
            "rounds_us": medians,
            "stable": all(r["stable"] for r in rounds),
        }
    for name, batches in table.items():
        for batch, entry in batches.items():
            times = pytorch["networks"].get(name, {}).get(batch, {})
            if "median_us" in times:
                entry["pytorch"] = {"median_us": times["median_us"]}
            theirs = entry.get("theirs", {}).get("median_us")
            for variant in [v for v in entry if v.startswith("ours")]:
                if theirs:
                    entry[variant]["over_theirs"] = entry[variant]["median_us"] / theirs
    out.write_text(json.dumps(table, indent=1) + "\n")
    print("| network | batch | ours us | fp32 I/O us | NCHW I/O us | theirs us | ours / theirs | NCHW / theirs | PyTorch us |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, batches in table.items():
        for batch, entry in sorted(batches.items(), key=lambda b: int(b[0])):
            cells = [name, batch]
            for variant in ("ours", "ours-fp32io", "ours-nchw", "theirs"):
                cells.append(number(entry.get(variant, {}).get("median_us"), "%.1f"))
            for variant in ("ours", "ours-nchw"):
                cells.append(number(entry.get(variant, {}).get("over_theirs"), "%.3f"))
            cells.append(number(entry.get("pytorch", {}).get("median_us"), "%.1f"))
            print("| " + " | ".join(cells) + " |")


def number(value, form):
    return "-" if value is None else form % value


if __name__ == "__main__":
    main()
