// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * Integers that are extents of tensors as they stand, moved at most. TensorFlow states them in 32
 * bits unless a model asks for 64, and stops where one does not fit.
 */
public final class Extents {
  private static final int DEPTH = 8;
  private static final Set<String> MOVES =
      Set.of(
          "onnx.Gather",
          "onnx.Slice",
          "onnx.Split",
          "onnx.Squeeze",
          "onnx.Unsqueeze",
          "onnx.Reshape");

  private Extents() {}

  public static boolean hold(Value v) {
    return hold(v, DEPTH);
  }

  private static boolean hold(Value v, int depth) {
    if (Constants.small(v).isPresent()) {
      return v.constant().orElseThrow().dtype().isInteger()
          && Arrays.stream(v.constant().get().longs())
              .allMatch(x -> x >= 0 && x <= Integer.MAX_VALUE);
    }
    Optional<Node> made = v.producer();
    if (made.isEmpty() || depth == 0) {
      return false;
    }
    Node n = made.get();
    if (n.is("onnx.Shape")) {
      return true;
    }
    if (n.is("onnx.Concat")) {
      return n.inputs().size() <= 8 && n.inputs().stream().allMatch(i -> hold(i, depth - 1));
    }
    return MOVES.contains(n.op()) && hold(n.input(0), depth - 1);
  }
}
