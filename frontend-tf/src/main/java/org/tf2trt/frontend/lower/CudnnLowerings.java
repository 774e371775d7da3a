// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Zeros;

/**
 * Recurrent layers as cuDNN has them (cudnn_rnn_ops.cc), which Keras writes into models that are
 * exported where there is a GPU. Each layer becomes an op of ONNX with the same equations: cuDNN's
 * GRU applies the reset gate behind the matrix of the state.
 */
final class CudnnLowerings {
  private static final Set<DType> KERNELS = Set.of(DType.F32);
  private static final int LENGTHS = 4;

  private CudnnLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op : List.of("CudnnRNN", "CudnnRNNV2", "CudnnRNNV3")) {
      table.add(op, CudnnLowerings::layers);
    }
  }

  private static List<Value> layers(TfNode node, OnnxBuilder build) {
    CudnnParams params = CudnnForm.params(node);
    DType dtype = node.outputType(0);
    DType kernel = Compute.type(node, dtype, KERNELS);
    boolean timeMajor = CudnnForm.isTimeMajor(node);
    Value x = build.cast(node.input(0), kernel);
    Value walked = timeMajor ? x : build.transpose(x, 1, 0, 2);
    Value vector = build.cast(node.input(CudnnForm.PARAMS), kernel);
    CudnnLayer layer =
        new CudnnLayer(
            params.cell(),
            params.directions(),
            params.units(),
            lengths(node, build, walked),
            build);
    List<Value> first = new ArrayList<>();
    List<List<Value>> last = new ArrayList<>();
    for (int s = 0; s < params.cell().states(); s++) {
      first.add(states(node, s, params, timeMajor, build));
      last.add(new ArrayList<>());
    }
    Value y = walked;
    for (int i = 0; i < params.layers(); i++) {
      List<Value> made =
          layer.of(y, params.operands(i, vector, build), ofLayer(first, i, params, build));
      y = made.get(0);
      for (int s = 0; s < last.size(); s++) {
        last.get(s).add(made.get(1 + s));
      }
    }
    List<Value> outputs =
        new ArrayList<>(Collections.nCopies(CudnnForm.OUTPUTS, OnnxBuilder.absent()));
    outputs.set(0, build.cast(timeMajor ? y : build.transpose(y, 1, 0, 2), dtype));
    // What is not initialised may as well be zero: only an LSTM has a second state.
    outputs.set(2, build.scalar(dtype, 0));
    for (int s = 0; s < last.size(); s++) {
      Value all = build.concat(0, last.get(s).toArray(new Value[0]));
      Value placed = timeMajor ? all : build.reshape(all, -1, params.count(), params.units());
      outputs.set(1 + s, build.cast(placed, dtype));
    }
    return outputs;
  }

  /**
   * {@code [layers * directions, batch, units]}. With the batch first the kernel does not transpose
   * states: it gives cuDNN the memory of {@code [batch, layers * directions, units]} as it is
   * (CreateForwardAndBackwardIODescriptors). The two agree where there is one layer of one
   * direction.
   */
  private static Value states(
      TfNode node, int state, CudnnParams params, boolean timeMajor, OnnxBuilder build) {
    Value given =
        build.cast(
            node.input(CudnnForm.INPUT_H + state, 3),
            Compute.type(node, node.outputType(0), KERNELS));
    if (Zeros.is(given)) {
      return OnnxBuilder.absent();
    }
    return timeMajor ? given : build.reshape(given, params.count(), -1, params.units());
  }

  private static List<Value> ofLayer(
      List<Value> states, int layer, CudnnParams params, OnnxBuilder build) {
    long each = params.directions();
    return states.stream()
        .map(
            v ->
                !v.isPresent() || params.layers() == 1
                    ? v
                    : SliceLowerings.slice(build, v, 0, layer * each, (layer + 1) * each))
        .toList();
  }

  /** How many steps each sample takes; empty where all take every one, as Keras says with Fill. */
  private static Optional<Value> lengths(TfNode node, OnnxBuilder build, Value x) {
    if (node.inputCount() <= LENGTHS) {
      return Optional.empty();
    }
    Value lengths = node.input(LENGTHS);
    return WholeLengths.are(lengths, x.shape().dim(0), build)
        ? Optional.empty()
        : Optional.of(lengths);
  }
}
