// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Ragged tensors with one ragged axis: values, and where rows begin. */
final class RaggedLowerings {
  private RaggedLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("RaggedTensorToTensor", RaggedLowerings::dense);
    table.add("RaggedRange", RaggedLowerings::ranges);
    table.add("RaggedGather", RaggedLowerings::gather);
    table.add("RaggedTensorToSparse", RaggedLowerings::sparse);
  }

  /** Inputs: shape with -1 for what follows from the rows, values, default, row partitions. */
  private static Value dense(TfNode node, OnnxBuilder b) {
    Rows rows = partition(node, b);
    Value values = node.input(1);
    int rank = node.rank(1);
    long[] shape = shape(node, rank);
    Value count = b.dim(values, 0);
    Value rowShape = SliceLowerings.slice(b, b.shapeOf(values), 0, 1, Long.MAX_VALUE);
    Value filler = b.op("Expand", b.cast(node.input(2), values.dtype()), rowShape);
    // What lies beyond a row is the default, which stands behind all values.
    Value all = b.concat(0, values, b.unsqueeze(filler, 0));
    Value starts = rows.starts();
    Value lengths = rows.lengths();
    if (shape[0] >= 0) {
      starts = fit(b, starts, shape[0]);
      lengths = fit(b, lengths, shape[0]);
    }
    Value width = shape[1] >= 0 ? b.scalar(DType.I64, (double) shape[1]) : rows.longest();
    Value column = b.unsqueeze(Ranges.upTo(b, width), 0);
    Value inside = b.op("Less", column, b.unsqueeze(lengths, 1));
    Value at = b.where(inside, b.add(b.unsqueeze(starts, 1), column), count);
    return GatherLowerings.gather(b, all, at, 0);
  }

  private static Value fit(OnnxBuilder b, Value rows, long count) {
    Value zeros = b.ints(new long[Math.toIntExact(count)]);
    return SliceLowerings.slice(b, b.concat(0, rows, zeros), 0, 0, count);
  }

  private static long[] shape(TfNode node, int valuesRank) {
    long[] given = node.rank(0) == 0 ? new long[0] : node.constantIntegers(0);
    long[] shape = new long[valuesRank + 1];
    java.util.Arrays.fill(shape, -1);
    System.arraycopy(given, 0, shape, 0, Math.min(given.length, shape.length));
    return shape;
  }

  private static Rows partition(TfNode node, OnnxBuilder b) {
    List<String> kinds =
        node.get("row_partition_types", Attr.Many.class).values().stream()
            .map(a -> ((Attr.Str) a).value())
            .toList();
    if (kinds.equals(List.of("ROW_SPLITS"))) {
      return Rows.bySplits(b, node.input(3));
    }
    if (kinds.equals(List.of("FIRST_DIM_SIZE", "VALUE_ROWIDS"))) {
      return Rows.byNumbers(b, node.input(4), node.input(3));
    }
    throw node.refuse(
        "rows are partitioned by " + String.join(", ", kinds) + "; one ragged axis is supported",
        "cut the graph before it (--outputs) or behind it (--inputs)");
  }

  /** Outputs: splits, and start, start + delta, ... of each row. */
  private static List<Value> ranges(TfNode node, OnnxBuilder b) {
    DType wide = node.outputType(1).isFloat() ? DType.F64 : DType.I64;
    Value none = b.cast(zeros(node, b), wide);
    Value start = b.add(b.cast(node.input(0), wide), none);
    Value limit = b.add(b.cast(node.input(1), wide), none);
    Value delta = b.add(b.cast(node.input(2), wide), none);
    Value span = b.sub(limit, start);
    Value exact = b.op("Ceil", b.div(b.cast(span, DType.F64), b.cast(delta, DType.F64)));
    Value lengths = b.op("Max", b.cast(exact, DType.I64), b.scalar(DType.I64, 0));
    Rows rows = Rows.byLengths(b, lengths);
    Value row = rows.ofElements();
    Value step = b.mul(b.cast(rows.columns(row), wide), GatherLowerings.gather(b, delta, row, 0));
    Value values = b.add(GatherLowerings.gather(b, start, row, 0), step);
    return List.of(b.cast(rows.splits(), node.outputType(0)), b.cast(values, node.outputType(1)));
  }

  /** i64 zeros of as many rows as the longest of the three inputs has, which may be scalars. */
  private static Value zeros(TfNode node, OnnxBuilder b) {
    Value shape = b.ints(1);
    for (int i = 0; i < 3; i++) {
      if (node.rank(i) == 1) {
        shape = b.dim(node.input(i), 0);
      }
    }
    return Filled.of(b, b.scalar(DType.I64, 0), shape);
  }

  /** Inputs: splits, values, which rows; outputs: splits and values of those. */
  private static List<Value> gather(TfNode node, OnnxBuilder b) {
    if (node.outputCount() != 2 || node.inputCount() != 3 || node.rank(2) != 1) {
      throw node.refuse("more than one ragged axis", "cut the graph before it (--outputs)");
    }
    Rows all = Rows.bySplits(b, node.input(0));
    Value picked = node.input(2);
    Rows rows = Rows.byLengths(b, GatherLowerings.gather(b, all.lengths(), picked, 0));
    Value row = rows.ofElements();
    Value first = GatherLowerings.gather(b, all.starts(), picked, 0);
    Value at = b.add(GatherLowerings.gather(b, first, row, 0), rows.columns(row));
    return List.of(
        b.cast(rows.splits(), node.outputType(0)), GatherLowerings.gather(b, node.input(1), at, 0));
  }

  /** Outputs: indices [n, 2], values, dense shape. */
  private static List<Value> sparse(TfNode node, OnnxBuilder b) {
    if (node.inputCount() != 2 || node.rank(1) != 1) {
      throw node.refuse("more than one ragged axis", "cut the graph before it (--outputs)");
    }
    Rows rows = Rows.bySplits(b, node.input(0));
    Value row = rows.ofElements();
    Value indices = b.concat(1, b.unsqueeze(row, 1), b.unsqueeze(rows.columns(row), 1));
    Value shape = b.concat(0, b.dim(rows.lengths(), 0), b.unsqueeze(rows.longest(), 0));
    return List.of(indices, node.input(1), shape);
  }
}
