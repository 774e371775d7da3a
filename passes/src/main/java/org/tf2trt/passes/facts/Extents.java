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

  /** Ops that give extents, or indices below them. */
  private static final Set<String> BOUNDED =
      Set.of(
          "onnx.Shape",
          "onnx.Size",
          "onnx.ArgMax",
          "onnx.ArgMin",
          "onnx.NonZero",
          "onnx.NonMaxSuppression");

  private static final Set<String> INDICES_SECOND = Set.of("onnx.TopK", "onnx.MaxPool");

  private Extents() {}

  public static boolean hold(Value v) {
    return hold(v, DEPTH);
  }

  /** Whether a value is computed from extents, indices and constants alone, by whatever ops. */
  public static boolean decide(Value v) {
    return decide(v, 2 * DEPTH);
  }

  private static boolean decide(Value v, int depth) {
    if (!v.isPresent() || Constants.is(v)) {
      return true;
    }
    Optional<Node> made = v.producer();
    if (made.isEmpty() || depth == 0 || !made.get().bodies().isEmpty()) {
      return false;
    }
    Node n = made.get();
    return BOUNDED.contains(n.op())
        || INDICES_SECOND.contains(n.op()) && v instanceof Value.Result r && r.index() == 1
        || !n.inputs().isEmpty() && n.inputs().stream().allMatch(i -> decide(i, depth - 1));
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
