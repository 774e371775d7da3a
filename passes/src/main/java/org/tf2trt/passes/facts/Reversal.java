// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/**
 * What walks an axis backwards: a Slice over the whole of it, or a ReverseSequence up to a length
 * for each sample. Doing it twice is doing nothing.
 *
 * @param axis that is reversed, counted from the front
 * @param batch the axis of the samples, -1 when the whole axis is reversed
 * @param lengths one for each sample; absent when the whole axis is reversed
 */
public record Reversal(int axis, int batch, Value lengths) {
  /** What a node reverses; it leaves all other axes alone. */
  public static Optional<Reversal> of(Node node) {
    if (node.is("onnx.ReverseSequence")) {
      int time = (int) node.intAttr("time_axis", 0);
      return Optional.of(
          new Reversal(time, (int) node.intAttr("batch_axis", 1), uncast(node.input(1))));
    }
    return axis(node).map(a -> new Reversal(a, -1, Value.Absent.INSTANCE));
  }

  /** Lengths in whatever integer type. */
  public static Value uncast(Value v) {
    return v.producer("onnx.Cast").map(n -> n.input(0)).orElse(v);
  }

  private static Optional<Integer> axis(Node slice) {
    if (!slice.is("onnx.Slice") || slice.inputs().size() != 5) {
      return Optional.empty();
    }
    Optional<Long> axis = single(slice.input(3));
    boolean backwards =
        single(slice.input(1)).filter(v -> v == -1).isPresent()
            && single(slice.input(2)).filter(v -> v <= -Integer.MAX_VALUE).isPresent()
            && single(slice.input(4)).filter(v -> v == -1).isPresent();
    Shape shape = slice.result().shape();
    int rank = shape.isRanked() ? shape.rank() : 0;
    return backwards && axis.isPresent() && (axis.get() >= 0 || rank > 0)
        ? axis.map(a -> (int) (a < 0 ? a + rank : a))
        : Optional.empty();
  }

  private static Optional<Long> single(Value v) {
    return Constants.longs(v).filter(e -> e.length == 1).map(e -> e[0]);
  }
}
