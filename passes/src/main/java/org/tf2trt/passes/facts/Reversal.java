// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Slices that walk a whole axis backwards. */
public final class Reversal {
  private Reversal() {}

  /** The one axis that a Slice reverses, counted from the front; it leaves all others alone. */
  public static Optional<Integer> axis(Node slice) {
    if (!slice.is("onnx.Slice") || slice.inputs().size() != 5) {
      return Optional.empty();
    }
    Optional<Long> axis = single(slice.input(3));
    boolean backwards =
        single(slice.input(1)).filter(v -> v == -1).isPresent()
            && single(slice.input(2)).filter(v -> v <= -Integer.MAX_VALUE).isPresent()
            && single(slice.input(4)).filter(v -> v == -1).isPresent();
    int rank = slice.result().shape().isRanked() ? slice.result().shape().rank() : 0;
    return backwards && axis.isPresent() && (axis.get() >= 0 || rank > 0)
        ? axis.map(a -> (int) (a < 0 ? a + rank : a))
        : Optional.empty();
  }

  private static Optional<Long> single(Value v) {
    return Constants.longs(v).filter(e -> e.length == 1).map(e -> e[0]);
  }
}
