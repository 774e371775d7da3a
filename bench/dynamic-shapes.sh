#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
#   bench/dynamic-shapes.sh MODELS OUT [PATTERN]
#
# Converts the recurrent, transformer, detection and dense-prediction models under MODELS with their dims open, and
# compares each with TensorFlow at two sizes that it was not traced with. PATTERN (a regular expression) chooses some.
#
# Environment:
#   TF2TRT    the command, default ./tf2trt; java -cp ... org.tf2trt.cli.Main works too
#   PLAN      1: TensorRT engines, each with one profile from the smaller to the larger size, in place of ONNX models
#
# OUT/NAME.1.json and OUT/NAME.2.json are the reports, OUT/table.md the table. Ends with 1 when a comparison fails.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 2 ] || {
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" | head -n 1 >&2
  exit 2
}
models=$1 out=$2 pattern=${3:-.}
mkdir -p "$out"
read -ra tf2trt <<<"${TF2TRT:-$here/../tf2trt}"

# model | sizes | other sizes | further options of verify | further options of both commands
#
# Sizes are the open dims by name. Where an output is a choice between nearly equal numbers, what it chooses from is
# compared instead.
cases() {
  cat <<'END'
keras/bert_mini/saved_model|batch=1 input_ids_d1=7 attention_mask_d1=7|batch=5 input_ids_d1=61 attention_mask_d1=61|--range attention_mask=0..1|
keras/bilstm_text/saved_model|batch=1|batch=7|--range tokens=0..3|
keras/gru_series/saved_model|batch=1|batch=7||
keras/greedy_decoder/saved_model|batch=1|batch=5||
keras/keyword_spotting/saved_model|batch=1|batch=4||
keras/vit_tiny/saved_model|batch=1|batch=5||
keras/dcgan_generator/saved_model|batch=1|batch=7||
keras/unet/saved_model|batch=1 image_d1=32 image_d2=160|batch=3 image_d1=128 image_d2=48||
keras/deeplab_small/saved_model|batch=2|batch=3||
keras/style_transfer/saved_model|batch=1 image_d1=40 image_d2=72|batch=2 image_d1=97 image_d2=63||
keras/espcn_x3/saved_model|batch=2 luma_d1=9 luma_d2=31|batch=1 luma_d1=64 luma_d2=17||
keras/detector_uint8_nms/saved_model|image_d1=64 image_d2=64|image_d1=150 image_d2=91||
pretrained/fomc_transformer/saved_model|batch=1|batch=9||
pretrained/basic_pitch/saved_model|batch=1|batch=3||
pretrained/face_mask_ssd/face_mask_detection.pb|batch=1|batch=3||
pretrained/tfpose_mobilenetv2_small/graph_opt.pb|batch=1 image_d1=96 image_d2=128|batch=2 image_d1=160 image_d2=72||
pretrained/deeplab_portrait/frozen_inference_graph/frozen_inference_graph.pb|ImageTensor_d1=200 ImageTensor_d2=300|ImageTensor_d1=333 ImageTensor_d2=257||--outputs SemanticProbabilities
pretrained/mtcnn/mtcnn/mtcnn.pb|batch=90 input_d1=120|batch=151 input_d1=83|--range input=110..150 --range min_size=30..30 --range factor=0.7..0.7 --range thresholds=0.001..0.001|--outputs prob,landmarks,box
pretrained/hey_snips_wavenet/hey_snips_3/hey_snips_3.pb|batch=190|batch=260||
END
  local x
  for x in espcn/ESPCN_x2 espcn/ESPCN_x3 espcn/ESPCN_x4 fsrcnn/FSRCNN_x2 fsrcnn/FSRCNN_x3 fsrcnn/FSRCNN_x4 \
    fsrcnn/FSRCNN-small_x2 fsrcnn/FSRCNN-small_x3 fsrcnn/FSRCNN-small_x4 lapsrn/LapSRN_x2 lapsrn/LapSRN_x4; do
    local i=IteratorGetNext_d
    echo "pretrained/superres_$x/${x#*/}.pb|batch=1 ${i}1=17 ${i}2=23|batch=2 ${i}1=40 ${i}2=9||"
  done
}

# batch=1 d=9, batch=3 d=4  ->  batch=1..3..3,d=4..4..9
profile() {
  local a b low high p=
  read -ra a <<<"$1"
  read -ra b <<<"$2"
  for i in "${!a[@]}"; do
    low=${a[i]#*=} high=${b[i]#*=}
    [ "$low" -le "$high" ] || { low=${b[i]#*=} high=${a[i]#*=}; }
    p+=,${a[i]%%=*}=$low..${b[i]#*=}..$high
  done
  echo "${p#,}"
}

suffix=onnx
[ -z "${PLAN:-}" ] || suffix=plan
failed=0
printf '| model | sizes | error | other sizes | error |\n| --- | --- | --- | --- | --- |\n' >"$out/table.md"
while IFS='|' read -r model first second only both; do
  name=$(basename -- "$(dirname -- "$model")")
  [[ $model =~ $pattern ]] || continue
  read -ra only <<<"$only"
  read -ra both <<<"$both"
  row="| $name"
  build=()
  [ $suffix = onnx ] || build=(--profile "$(profile "$first" "$second")" --opt-level 0)
  if ! "${tf2trt[@]}" convert "$models/$model" -o "$out/$name.$suffix" "${both[@]}" "${build[@]}" >"$out/$name.log" 2>&1; then
    echo "$name: not converted, see $out/$name.log" >&2
    echo "$row | | not converted | | |" >>"$out/table.md"
    failed=1
    continue
  fi
  for n in 1 2; do
    sizes=$first
    [ $n = 1 ] || sizes=$second
    dims=()
    for d in $sizes; do dims+=(--dim "$d"); done
    if "${tf2trt[@]}" verify "$models/$model" "$out/$name.$suffix" "${dims[@]}" "${only[@]}" "${both[@]}" --no-bisect \
      --report "$out/$name.$n.json" >>"$out/$name.log" 2>&1; then
      result=$(grep -o 'tightest tolerance that passes: .*' "$out/$name.log" | tail -n 1 | sed 's/.*: //')
    else
      result='FAILED'
      failed=1
      echo "$name at $sizes: failed, see $out/$name.log" >&2
    fi
    row+=" | $(sed 's/[A-Za-z_]*_d\([0-9]\)/d\1/g' <<<"$sizes") | $result"
  done
  echo "$row |" | tee -a "$out/table.md"
done < <(cases)
exit $failed
