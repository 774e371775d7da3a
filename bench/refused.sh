#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/refused.sh MODELS OUT  converts every model under MODELS, for ONNX and for TensorRT 10.6, and
#                                lists what is refused, and why, in OUT/refused.tsv
#
# docs/refused.tsv is such a list; the tables at the end of docs/ops.md are made of it. Needs jq.
set -euo pipefail
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [ $# -ne 2 ]; then
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
command -v jq >/dev/null || { echo "refused: jq is needed" >&2 && exit 2; }
models=$(cd -- "$1" && pwd)
out=$2
mkdir -p "$out"

# 1 says that some failed, which is for others to look at.
for target in onnx trt10.6; do
  "$home/tf2trt" sweep "$models" -o "$out/$target" --target "$target" --report "$out/$target.json" || [ $? -eq 1 ]
done

list() { # REPORT STATUS TARGET: what is wrong without what to do about it
  jq -r --arg status "$2" --arg target "$3" --arg models "$models/" '
    def reason: split($models) | join("")
      | sub("^error\\[(?<c>TF[0-9]+)\\] "; "\(.c) ") | split("; ")[0]
      | sub(": [0-9]+ nodes? of this op (?<what>runs?|has|have) "; " \(.what) ")
      | sub("(?<what>on the host only|no lowering): .*"; "\(.what)") | sub(" run on "; " runs on ");
    .results[] | select(.status == $status)
      | [.name, $target, ([.messages[] | select(startswith("error")) | reason] | unique | join("; "))] | @tsv' "$1"
}
{
  jq -r '[.results[].name | split("/")[0]] | group_by(.) | map("\(.[0]) \(length)") | "# swept: " + join(", ")' "$out/onnx.json"
  printf 'case\ttarget\treason\n'
  {
    list "$out/onnx.json" refused ONNX
    list "$out/trt10.6.json" not_for_tensorrt TensorRT
  } | LC_ALL=C sort
} >"$out/refused.tsv"
echo "written: $out/refused.tsv"
