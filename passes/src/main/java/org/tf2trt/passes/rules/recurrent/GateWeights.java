// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The weights of the gates as ONNX's recurrent ops take them.
 *
 * @param gates in ONNX's order; the biases of the input's side
 * @param stateBiases those of the state's side, empty where there is none
 */
record GateWeights(
    List<Affine> gates, List<Optional<Value>> stateBiases, DType dtype, OnnxBuilder build) {

  /** W, R and B; the last is absent where there are no biases. */
  List<Value> operands() {
    long hidden = gates.get(0).columns();
    long inputs =
        gates.stream().flatMap(g -> g.w().stream()).findFirst().orElseThrow().shape().dim(0).size();
    List<Optional<Value>> biases = new ArrayList<>();
    gates.forEach(g -> biases.add(g.b()));
    biases.addAll(stateBiases);
    Value[] parts = new Value[biases.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = biases.get(i).orElseGet(() -> zeros(hidden));
    }
    boolean biased = biases.stream().anyMatch(Optional::isPresent);
    return List.of(
        joined(gates.stream().map(Affine::w).toList(), inputs, hidden),
        joined(gates.stream().map(Affine::u).toList(), hidden, hidden),
        biased ? build.unsqueeze(build.concat(0, parts), 0) : OnnxBuilder.absent());
  }

  /** {@code [1, gates * hidden, ...]} of weights {@code [..., hidden]}; missing ones are 0. */
  private Value joined(List<Optional<Value>> weights, long rows, long hidden) {
    Value[] parts = new Value[weights.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          weights.get(i).map(v -> build.transpose(v, 1, 0)).orElseGet(() -> zeros(hidden, rows));
    }
    return build.unsqueeze(build.concat(0, parts), 0);
  }

  private Value zeros(long... shape) {
    return build.op("Expand", build.scalar(dtype, 0), build.ints(shape));
  }

  /**
   * Those of an LSTM, of the gates for input, output and forgetting; empty where there are none.
   */
  static Optional<Value> peepholes(List<Affine> gates, OnnxBuilder build) {
    Optional<Affine> with = gates.stream().filter(g -> g.p().isPresent()).findFirst();
    if (with.isEmpty()) {
      return Optional.empty();
    }
    Value like = with.get().p().get();
    Value[] parts = new Value[3];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          gates
              .get(i)
              .p()
              .orElseGet(
                  () ->
                      build.op(
                          "Expand", build.scalarLike(like, 0), build.ints(with.get().columns())));
    }
    return Optional.of(build.unsqueeze(build.concat(0, parts), 0));
  }
}
