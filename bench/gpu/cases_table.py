#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the results of an engine sweep over op cases together.

    cases_table.py OUT [CASES.tsv]    one line for each case and precision under OUT, sorted

The error is the largest of an output's magnitude, or 0 where equal labels were asked for; the
message is the first error of a case that did not pass.
"""
import json
import pathlib
import re
import sys


def row(result):
    outputs = (result.get("engine") or {}).get("outputs", [])
    numbers = [o.get("error") or 0 for o in outputs if o["type"].lstrip("b").startswith("f")]
    equal = outputs and all(o["passed"] for o in outputs)
    error = f"{max(numbers):.1e}" if numbers else "0" if equal else ""
    said = [m for m in result["messages"] if m.startswith("error")] or result["messages"] or [""]
    message = re.sub(r"/[^\s':]*/", "", said[0]).split("\n")[0].split("; ")[0][:240]
    return result["name"], result["status"], error, "" if result["status"] == "ok" else message


def main():
    out = pathlib.Path(sys.argv[1])
    results = []
    for file in sorted(out.rglob("*.json")):
        result = json.loads(file.read_text())
        if "precision" in result and result["status"] != "running":
            results.append(row(result))
    table = "case\tstatus\tlargest error\tmessage\n" + "".join("\t".join(r) + "\n" for r in results)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(table)
    else:
        print(table, end="")


if __name__ == "__main__":
    main()
