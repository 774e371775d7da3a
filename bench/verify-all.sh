#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/verify-all.sh MODELS OUT  converts every model under MODELS and compares it with TensorFlow,
#                                   which runs here, and with the goldens that lie beside it
#
# OUT gets the converted models, report.json, and table.md with the errors side by side: on made-up
# inputs, as "tf2trt verify" finds them, and on the goldens' inputs. Needs jq. Ends with 1 when
# something differs.
set -euo pipefail
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [ $# -ne 2 ]; then
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
command -v jq >/dev/null || { echo "verify-all: jq is needed" >&2 && exit 2; }
models=$1
out=$2
mkdir -p "$out"

status=0
nice "$home/tf2trt" sweep "$models" -o "$out/models" --tensorflow --report "$out/report.json" || status=$?
if [ ! -s "$out/report.json" ]; then exit "$status"; fi

jq -r '
  def short: if . == null then "-" elif . == 0 then "0"
    else (. as $x | ($x | log10 | floor) as $e | ($x / pow(10; $e) * 10 | round) as $m
      | if $m == 100 then "1.0e\($e + 1)" else "\($m / 10 | tostring | if test("\\.") then . else . + ".0" end)e\($e)" end)
    end;
  "| model | made up | golden inputs | golden | TensorFlow, golden | |",
  "| --- | --- | --- | --- | --- | --- |",
  (.results[] | select(.status != "refused") |
    "| \(.name) | \(.tensorflow.error | short) | \(.tensorflow.error_on_goldens | short) | \(.error | short) | \(.tensorflow.goldens_apart | short) | \(if .status == "ok" then "ok" else "differs" end) |"),
  "",
  "\(.models) models: \(.ok) pass, \(.refused) cannot be converted and are refused, \(.fail) fail."
' "$out/report.json" >"$out/table.md"
echo "written: $out/report.json, $out/table.md"
exit "$status"
