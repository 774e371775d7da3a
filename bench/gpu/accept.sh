#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/gpu/accept.sh MODELS OUT
#
# Builds engines of all models under MODELS in fp32, fp16 and bf16, runs them on their goldens and
# compares classes, in several processes at once, on a host with a GPU. Accuracy does not depend on
# how well kernels were timed, so that processes may disturb each other and the level is low.
#
# Environment:
#   TF2TRT        the command, default ./tf2trt; java -cp ... org.tf2trt.cli.Main works too
#   PARTS         how many processes, default 4
#   GPUS          numbers of the GPUs that they share, default 0
#   PRECISIONS    default fp32,fp16,bf16
#   SAMPLES       made-up inputs for classifiers, default 256
#   OPT_LEVEL     default 1
#
# OUT/NAME.PRECISION.json are the results, OUT/accept.json all of them, OUT/accept.md the table. A
# native library that ends a process costs the engine it was building, and the process goes on
# behind it.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[ $# -eq 2 ] || {
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" | head -n 1 >&2
  exit 2
}
models=$1 out=$2
mkdir -p "$out"
read -ra tf2trt <<<"${TF2TRT:-$here/../../tf2trt}"
read -ra gpus <<<"${GPUS:-0}"
parts=${PARTS:-4}
resumes=20

part() {
  local resume=() code
  export CUDA_VISIBLE_DEVICES=${gpus[$(($1 % ${#gpus[@]}))]}
  for ((n = 0; n < resumes; n++)); do
    "${tf2trt[@]}" sweep "$models" -o "$out" --engine --precisions "${PRECISIONS:-fp32,fp16,bf16}" \
      --samples "${SAMPLES:-256}" --opt-level "${OPT_LEVEL:-1}" --part "$1/$parts" "${resume[@]}" \
      >>"$out/part$1.log" 2>&1
    code=$?
    # 0: all passed, 1: some failed, 2: wrong use. Others are the end of a process.
    [ $code -gt 2 ] || return 0
    resume=(--resume)
  done
}

for ((p = 1; p <= parts; p++)); do
  part "$p" &
done
wait
python3 "$here/accept_table.py" "$out"
