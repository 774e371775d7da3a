// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Float values of which every element is certainly 0 or more. */
public final class NonNegative {
  private static final int DEPTH = 12;
  private static final Set<String> ALWAYS =
      Set.of(
          "onnx.Relu",
          "onnx.Sigmoid",
          "onnx.HardSigmoid",
          "onnx.Softmax",
          "onnx.Exp",
          "onnx.Abs",
          "onnx.Sqrt",
          "onnx.Softplus");
  private static final Set<String> LIKE_FIRST_INPUT =
      Set.of("onnx.MaxPool", "onnx.AveragePool", "onnx.GlobalAveragePool", "onnx.GlobalMaxPool");
  private static final Set<String> LIKE_ALL_INPUTS =
      Set.of("onnx.Add", "onnx.Mul", "onnx.Concat", "onnx.Min", "onnx.Sum", "onnx.Mean");

  private NonNegative() {}

  public static boolean holds(Value v) {
    return holds(v, DEPTH);
  }

  private static boolean holds(Value v, int depth) {
    if (Constants.small(v).isPresent()) {
      return Arrays.stream(v.constant().orElseThrow().doubles()).allMatch(x -> x >= 0);
    }
    Optional<Node> made = v.producer();
    if (made.isEmpty() || depth == 0) {
      return false;
    }
    Node n = made.get();
    if (ALWAYS.contains(n.op()) || Bounds.of(n).map(b -> b.low() >= 0).orElse(false)) {
      return true;
    }
    if (Moves.is(n) || LIKE_FIRST_INPUT.contains(n.op())) {
      return holds(n.input(0), depth - 1);
    }
    return LIKE_ALL_INPUTS.contains(n.op())
        && n.inputs().size() <= 4
        && n.inputs().stream().allMatch(i -> holds(i, depth - 4));
  }
}
