// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Reductions of rows by segment number (segment_reduction_ops_impl.h). Sorted segments end at the
 * last number and gaps give 0 (1 for products); unsorted ones have their count given, drop negative
 * numbers, and empty ones keep the initial value, for Max the lowest finite one.
 */
final class SegmentLowerings {
  private SegmentLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("SegmentSum", (node, build) -> sorted(node, build).scatter("add", 0));
    table.one("SegmentProd", (node, build) -> sorted(node, build).scatter("mul", 1));
    table.one("SegmentMean", (node, build) -> mean(sorted(node, build), build));
    table.one("SegmentMax", (node, build) -> gapsAreZero(node, build, "ReduceMax"));
    table.one("SegmentMin", (node, build) -> gapsAreZero(node, build, "ReduceMin"));
    for (String suffix : new String[] {"", "WithNumSegments"}) {
      table.one("SparseSegmentSum" + suffix, (node, b) -> picked(node, b).scatter("add", 0));
      table.one("SparseSegmentMean" + suffix, (node, b) -> mean(picked(node, b), b));
      table.one("SparseSegmentSqrtN" + suffix, (node, b) -> rootMean(picked(node, b), b));
    }
    for (String op : new String[] {"UnsortedSegment%s", "Segment%sV2"}) {
      table.one(op.formatted("Sum"), (node, build) -> unsorted(node, build).scatter("add", 0));
      table.one(op.formatted("Prod"), (node, build) -> unsorted(node, build).scatter("mul", 1));
      table.one(op.formatted("Max"), (node, build) -> initial(node, build, "ReduceMax"));
      table.one(op.formatted("Min"), (node, build) -> initial(node, build, "ReduceMin"));
    }
  }

  private static Segments sorted(TfNode node, OnnxBuilder build) {
    Value ids = build.cast(node.input(1), DType.I64);
    Value last = GatherLowerings.gather(build, ids, build.ints(-1), 0);
    Value count = build.add(last, build.ints(1));
    return new Segments(node, build, rows(node, build), ids, count, false);
  }

  /** Rows of input 0 that input 1 picks; input 2 has their segments, input 3 perhaps the count. */
  private static Segments picked(TfNode node, OnnxBuilder build) {
    Value rows = GatherLowerings.gather(build, node.input(0), node.input(1), 0);
    List<Value> inputs = new ArrayList<>(List.of(rows, node.input(2)));
    if (node.inputCount() > 3) {
      inputs.add(node.input(3));
      return unsorted(node.withInputs(inputs), build);
    }
    return sorted(node.withInputs(inputs), build);
  }

  private static Segments unsorted(TfNode node, OnnxBuilder build) {
    Value ids = build.cast(node.input(1), DType.I64);
    Value count = build.reshape(build.cast(node.input(2), DType.I64), 1);
    boolean maybeNegative = ids.constant().map(SegmentLowerings::hasNegative).orElse(true);
    Value flat = ids.shape().hasRank(1) ? ids : build.reshape(ids, -1);
    return new Segments(node, build, rows(node, build), flat, count, maybeNegative);
  }

  private static boolean hasNegative(TensorData ids) {
    return Arrays.stream(ids.longs()).anyMatch(i -> i < 0);
  }

  /** One leading axis in place of those of the segment numbers. */
  private static Value rows(TfNode node, OnnxBuilder build) {
    Value data = build.cast(node.input(0), Compute.type(node, node.outputType(0), Compute.SUMS));
    int idRank = node.rank(1);
    if (idRank == 1) {
      return data;
    }
    Value tail = SliceLowerings.slice(build, build.shapeOf(data), 0, idRank, node.rank(0));
    return build.reshape(data, build.concat(0, build.ints(-1), tail));
  }

  private static Value mean(Segments segments, OnnxBuilder build) {
    Value count = segments.sizes();
    Value sum = dividend(segments);
    Value divisor = build.op("Max", count, build.scalarLike(count, 1));
    Value mean = build.div(sum, build.cast(divisor, sum.dtype()));
    return build.cast(mean, segments.node().outputType(0));
  }

  /** The sum divided by the root of the number of rows. */
  private static Value rootMean(Segments segments, OnnxBuilder build) {
    Value count = segments.sizes();
    Value sum = dividend(segments);
    Value divisor = build.op("Max", count, build.scalarLike(count, 1));
    Value mean = build.div(sum, build.op("Sqrt", build.cast(divisor, sum.dtype())));
    return build.cast(mean, segments.node().outputType(0));
  }

  /** Sums that a kernel divides: floats as they were added up, integers as they wrap. */
  private static Value dividend(Segments segments) {
    return segments.data().dtype().isFloat()
        ? segments.wideScatter("add", 0)
        : segments.scatter("add", 0);
  }

  private static Value gapsAreZero(TfNode node, OnnxBuilder build, String op) {
    Segments segments = sorted(node, build);
    Value rows = segments.data();
    boolean lowest = op.equals("ReduceMax");
    Value reduced = segments.reduce(op, build.constant(Extremes.of(rows.dtype(), lowest)));
    Value sizes = segments.sizes();
    Value isGap = build.op("Equal", sizes, build.scalarLike(sizes, 0));
    Value result = build.where(isGap, build.scalarLike(rows, 0), reduced);
    return build.cast(result, node.outputType(0));
  }

  private static Value initial(TfNode node, OnnxBuilder build, String op) {
    Segments segments = unsorted(node, build);
    boolean lowest = op.equals("ReduceMax");
    Value first = build.constant(Extremes.finite(node.outputType(0), lowest));
    Value start = build.cast(first, segments.data().dtype());
    Value reduced = segments.reduce(op, start);
    Value held = build.op(lowest ? "Max" : "Min", reduced, start);
    return build.cast(held, node.outputType(0));
  }
}
