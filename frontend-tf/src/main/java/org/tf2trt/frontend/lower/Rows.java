// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Rows of different lengths that lie one behind another.
 *
 * @param starts i64 [rows], where each begins
 * @param lengths i64 [rows]
 */
record Rows(OnnxBuilder b, Value starts, Value lengths) {
  /** By {@code splits} [rows + 1]. */
  static Rows bySplits(OnnxBuilder b, Value splits) {
    Value all = b.cast(splits, DType.I64);
    Value starts = SliceLowerings.slice(b, all, 0, 0, -1);
    Value ends = SliceLowerings.slice(b, all, 0, 1, Long.MAX_VALUE);
    return new Rows(b, starts, b.sub(ends, starts));
  }

  /** By the sorted row numbers of all elements. */
  static Rows byNumbers(OnnxBuilder b, Value numbers, Value count) {
    Value rows = Ranges.upTo(b, b.reshape(b.cast(count, DType.I64), new long[0]));
    Value own = b.op("Equal", b.unsqueeze(rows, 1), b.unsqueeze(b.cast(numbers, DType.I64), 0));
    return byLengths(b, b.reduce("ReduceSum", b.cast(own, DType.I64), false, 1));
  }

  static Rows byLengths(OnnxBuilder b, Value lengths) {
    return new Rows(b, b.sub(running(b, lengths), lengths), lengths);
  }

  private static Value running(OnnxBuilder b, Value v) {
    return b.op("CumSum", v, b.scalar(DType.I64, 0));
  }

  /** i64 [rows + 1]. */
  Value splits() {
    return b.concat(0, b.ints(0), running(b, lengths));
  }

  /** i64 scalar: how many elements there are. */
  Value total() {
    return b.reduce("ReduceSum", lengths, false, 0);
  }

  /** i64 scalar: the longest row; 0 without rows. */
  Value longest() {
    return b.reduce("ReduceMax", b.concat(0, lengths, b.ints(0)), false, 0);
  }

  /** i64 [rows], 0, 1, ... */
  Value numbers() {
    return Ranges.upTo(b, b.squeeze(b.dim(lengths, 0), 0));
  }

  /** i64 [total]: the row of each element; rows have to follow each other without gaps. */
  Value ofElements() {
    Value positions = b.unsqueeze(Ranges.upTo(b, total()), 1);
    Value ends = b.unsqueeze(running(b, lengths), 0);
    Value behind = b.cast(b.op("LessOrEqual", ends, positions), DType.I64);
    return b.reduce("ReduceSum", behind, false, 1);
  }

  /** i64 [total]: the position of each element in its row. */
  Value columns(Value rowOfElement) {
    Value begins = b.sub(running(b, lengths), lengths);
    Value own = GatherLowerings.gather(b, begins, rowOfElement, 0);
    return b.sub(Ranges.upTo(b, total()), own);
  }
}
