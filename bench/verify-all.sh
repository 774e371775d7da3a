#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/verify-all.sh MODELS OUT  converts every model under MODELS and compares it with TensorFlow,
#                                   which runs here, and with the goldens that lie beside it
#
# OUT gets the converted models, report.json, and table.md with the errors side by side, which
# docs/verification-results.md explains. Needs jq. Ends with 1 when something differs.
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
  # 8.2e-07, as tf2trt prints errors.
  def short: if . == null then "-" elif . == 0 then "0" else
      (log10 | floor) as $e
      | (. / pow(10; $e) * 10 | round) as $m
      | (if $m == 100 then [10, $e + 1] else [$m, $e] end) as [$m, $e]
      | "\($m / 10 | floor).\($m % 10)e\(if $e < 0 then "-" else "+" end)\($e | fabs | tostring | if length < 2 then "0" + . else . end)"
    end;
  def verdict: if .status != "ok" then "differs"
    elif .tensorflow.whole then "ok" else "ok, layer by layer" end;
  [.results[] | select(.status != "refused")] as $converted
  | "\(.models) conversions: \(.ok) pass, \(.fail) fail, and \(.refused) are refused as they have to be, because their models cannot be converted.",
    "",
    "| model | made up | by layer | golden inputs | golden | TensorFlow, golden | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ($converted[] | "| \(.name) | \(.tensorflow.error | short) | \(.tensorflow.error_by_layer | short) | \(.tensorflow.error_on_goldens | short) | \(.error | short) | \(.tensorflow.goldens_apart | short) | \(verdict) |"),
    "",
    "Refused:",
    "",
    (.results[] | select(.status == "refused") | "- `\(.name)`: \(.messages | map(select(startswith("error"))) | .[0] // "" | split("; ")[0])")
' "$out/report.json" >"$out/table.md"
echo "written: $out/report.json, $out/table.md"
exit "$status"
