#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/gpu/speed.sh MODELS THEIRS OUT [NAME...]
#
# Latency of tf2trt's engines beside engines of the same architectures from torchvision, on a host
# with a GPU. Both sides are built with the same options and the same timing cache, at batch 1 and 32
# in fp16, and measured in turns.
#
#   MODELS   folder with NAME/saved_model for each network
#   THEIRS   folder with NAME.b1.onnx, NAME.b32.onnx and pytorch.json, from compare.py
#   OUT      folder for engines and results; engines that are there already are not built again
#
# Environment:
#   TF2TRT        the command, default ./tf2trt; java -cp ... org.tf2trt.cli.Main works too
#   ROUNDS        how often each engine is measured, default 3
#   OPT_LEVEL     builder optimisation level, default 3
#   BATCHES       default "1 32"
#   VARIANTS      default "ours ours-fp32io ours-nchw theirs"
#
# OUT/speed.json then has, for each network and batch, the median latency in microseconds of each
# variant over the rounds, and the ratio of ours to theirs.
#   ours          the TensorFlow model, inputs and outputs fp16, TensorFlow's layout
#   ours-fp32io   the same with the interface that TensorFlow exported
#   ours-nchw     inputs and outputs fp16 and channels first, as theirs
#   ours-islands  as ours, with the fp32 nodes that the default bound on the error asks for; the
#                 others are as low as theirs, because random weights ask for more than trained ones
#   theirs        torchvision's export
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 3 ] || {
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" | head -n 1 >&2
  exit 2
}
models=$1 theirs=$2 out=$3
shift 3
names=("$@")
[ ${#names[@]} -gt 0 ] ||
  names=(mobilenet_v3_small resnet50 convnext_tiny unet efficientnet_b0 densenet121)
read -ra tf2trt <<<"${TF2TRT:-$here/../../tf2trt}"
rounds=${ROUNDS:-3}
level=${OPT_LEVEL:-3}
read -ra batches <<<"${BATCHES:-1 32}"
read -ra variants <<<"${VARIANTS:-ours ours-fp32io ours-nchw theirs}"
mkdir -p "$out"
cache=$out/timing.cache

# Height and width of the images; the exporters' own, so both sides do the same work.
extents() {
  case $1 in
    densenet121) echo 160 160 ;;
    convnext_tiny) echo 128 128 ;;
    unet) echo 256 256 ;;
    *) echo 224 224 ;;
  esac
}

input() {
  if [ "$1" = unet ]; then echo image; else echo keras_tensor; fi
}

# One engine; a failure is told and leaves the others alone.
build() {
  local name=$1 batch=$2 variant=$3 plan=$out/$1.b$2.$3.plan
  [ ! -s "$plan" ] || return 0
  local h w
  read -r h w < <(extents "$name")
  local options=(--opt-level "$level" --timing-cache "$cache" -o "$plan")
  if [ "$variant" = theirs ]; then
    "${tf2trt[@]}" build "$theirs/$name.b$batch.onnx" "${options[@]}"
    return
  fi
  options+=(--precision fp16 --shape "$(input "$name")=${batch}x${h}x${w}x3")
  case $variant in
    ours) options+=(--io-type fp16 --max-error 0) ;;
    ours-nchw) options+=(--io-type fp16 --io-layout nchw --max-error 0) ;;
    ours-fp32io) options+=(--max-error 0) ;;
    ours-islands) options+=(--io-type fp16) ;;
  esac
  "${tf2trt[@]}" convert "$models/$name/saved_model" "${options[@]}"
}

for name in "${names[@]}"; do
  for batch in "${batches[@]}"; do
    for variant in "${variants[@]}"; do
      build "$name" "$batch" "$variant" 2>&1 | sed "s/^/$name.b$batch.$variant: /" ||
        echo "$name.b$batch.$variant: NOT BUILT"
    done
  done
done

# In turns, so that a change of the card's clocks meets every variant.
for ((round = 1; round <= rounds; round++)); do
  for name in "${names[@]}"; do
    for batch in "${batches[@]}"; do
      for variant in "${variants[@]}"; do
        plan=$out/$name.b$batch.$variant.plan
        [ -s "$plan" ] || continue
        "${tf2trt[@]}" bench "$plan" --include-copies --json >"$out/$name.b$batch.$variant.$round.json" ||
          echo "$name.b$batch.$variant: round $round failed"
      done
    done
  done
done

python3 "$here/speed_table.py" "$out" "$theirs/pytorch.json" "$out/speed.json"
