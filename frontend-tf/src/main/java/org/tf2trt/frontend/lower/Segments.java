// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Rows and the segments they belong to.
 *
 * @param data [rows, ...] in a type with kernels
 * @param ids i64 [rows]
 * @param count i64 [1], how many segments there are
 * @param maybeNegative whether ids may hold negative numbers, whose rows are dropped
 */
record Segments(
    TfNode node, OnnxBuilder build, Value data, Value ids, Value count, boolean maybeNegative) {

  /** Sums or products, in the node's type; {@code neutral} where a segment has no rows. */
  Value scatter(String reduction, double neutral) {
    return build.cast(wideScatter(reduction, neutral), node.outputType(0));
  }

  /** As {@link #scatter}, in the type of the data. */
  Value wideScatter(String reduction, double neutral) {
    Value shape = build.concat(0, slots(), tail());
    Value start = Filled.of(build, build.scalarLike(data, neutral), shape);
    Value points = build.unsqueeze(targets(), 1);
    Value all = ScatterLowerings.accumulate(build, start, points, data, reduction);
    return withoutDropped(all);
  }

  /** Rows in each segment, i32, with axes of 1 for the dims of a row. */
  Value sizes() {
    Value zeros = Filled.of(build, build.scalar(DType.I32, 0), slots());
    Value ones = Filled.of(build, build.scalar(DType.I32, 1), build.shapeOf(ids));
    Value points = build.unsqueeze(targets(), 1);
    Value sizes = ScatterLowerings.accumulate(build, zeros, points, ones, "add");
    return build.unsqueeze(withoutDropped(sizes), trailing(1));
  }

  /** {@code op} over the rows of each segment and {@code start}. */
  Value reduce(String op, Value start) {
    Value numbers = Ranges.upTo(build, build.squeeze(count, 0));
    Value member = build.op("Equal", build.unsqueeze(numbers, 1), build.unsqueeze(ids, 0));
    Value own = build.where(build.unsqueeze(member, trailing(2)), build.unsqueeze(data, 0), start);
    return build.reduce(op, own, false, 1);
  }

  /** Dropped rows go to one more segment, which is cut off again. */
  private Value targets() {
    if (!maybeNegative) {
      return ids;
    }
    return build.where(build.op("Less", ids, build.ints(0)), count, ids);
  }

  private Value slots() {
    return maybeNegative ? build.add(count, build.ints(1)) : count;
  }

  private Value withoutDropped(Value all) {
    return maybeNegative ? SliceLowerings.slice(build, all, 0, build.ints(0), count) : all;
  }

  private Value tail() {
    return SliceLowerings.slice(build, build.shapeOf(data), 0, 1, Long.MAX_VALUE);
  }

  /** The axes of a row, counted from {@code first}. */
  private long[] trailing(int first) {
    long[] axes = new long[rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = first + (long) i;
    }
    return axes;
  }

  private int rank() {
    if (!data.shape().isRanked()) {
      throw node.refuse("the rank of the data is not known", "give its shape with --shape");
    }
    return data.shape().rank();
  }
}
