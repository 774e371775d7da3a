// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Integer values of which every element is certainly 0 or more; nothing that could wrap counts. */
public final class NonNegativeIntegers {
  private static final int DEPTH = 12;
  private static final Set<String> ALWAYS =
      Set.of("onnx.Shape", "onnx.Size", "onnx.ArgMax", "onnx.ArgMin", "onnx.NonZero");

  private NonNegativeIntegers() {}

  public static boolean holds(Value v) {
    return v.dtype().isInteger() && (v.dtype().isUnsigned() || holds(v, DEPTH));
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
    if (ALWAYS.contains(n.op())) {
      return true;
    }
    return switch (n.op()) {
      case "onnx.Range" -> counts(n, depth);
      case "onnx.Cast" -> n.input(0).dtype() == DType.BOOL || keeps(n, depth);
      case "onnx.Concat", "onnx.Min" -> n.inputs().stream().allMatch(i -> holds(i, depth - 4));
      default -> Moves.is(n) && holds(n.input(0), depth - 1);
    };
  }

  /** Upwards from 0 or more; the elements stay below the limit and so within the type. */
  private static boolean counts(Node range, int depth) {
    return holds(range.input(0), depth - 1)
        && Constants.small(range.input(2)).filter(t -> t.doubles()[0] > 0).isPresent();
  }

  private static boolean keeps(Node cast, int depth) {
    Value x = cast.input(0);
    boolean fits = x.dtype().isInteger() && x.dtype().bytes() <= cast.result().dtype().bytes();
    return (fits && !x.dtype().isUnsigned() || Extents.hold(x)) && holds(x, depth - 1);
  }
}
