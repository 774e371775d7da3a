// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * XlaDynamicSlice and XlaDynamicUpdateSlice, which Keras writes for {@code ops.slice_update}. Where
 * a slice would leave the tensor, its start is moved until it lies within, as XLA's DynamicSlice
 * and DynamicUpdateSlice define.
 */
final class XlaSliceLowerings {
  private XlaSliceLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("XlaDynamicSlice", XlaSliceLowerings::slice);
    table.one("XlaDynamicUpdateSlice", XlaSliceLowerings::update);
  }

  private static Value slice(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    if (node.rank(0) == 0) {
      return x;
    }
    Value size = build.cast(node.input(2), DType.I64);
    Value start = start(build, node.input(1), build.shapeOf(x), size);
    return build.op("Slice", x, start, build.add(start, size));
  }

  private static Value update(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Value update = node.input(1);
    int depth = depth(x, update, node.rank(0));
    if (depth == 0) {
      return update;
    }
    Value start = start(build, node.input(2), build.shapeOf(x), build.shapeOf(update));
    return build.op("ScatterND", x, indices(build, start, update, depth), update);
  }

  /** Start, at least 0, at most so large that the slice still fits. */
  private static Value start(OnnxBuilder build, Value start, Value shape, Value size) {
    Value last = build.sub(shape, size);
    Value within = build.op("Min", build.cast(start, DType.I64), last);
    return build.op("Max", within, build.ints(0));
  }

  /** How many leading axes the update may cover in part; from there on it covers all. */
  private static int depth(Value x, Value update, int rank) {
    int depth = rank;
    while (depth > 0 && isWhole(x.shape().dim(depth - 1), update.shape().dim(depth - 1))) {
      depth--;
    }
    return depth;
  }

  private static boolean isWhole(Dim extent, Dim updated) {
    return !extent.isUnknown() && extent.equals(updated);
  }

  /** Where each row of the update goes: {@code [U0, .., Uk-1, k]} for k = depth. */
  private static Value indices(OnnxBuilder b, Value start, Value update, int depth) {
    Value extents = SliceLowerings.slice(b, b.shapeOf(update), 0, 0, depth);
    Value shape = b.concat(0, extents, b.ints(1));
    List<Value> columns = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      int axis = i;
      Value steps = Ranges.upTo(b, b.squeeze(b.dim(update, i), 0));
      Value line = b.add(steps, SliceLowerings.slice(b, start, 0, i, i + 1L));
      long[] others = LongStream.rangeClosed(0, depth).filter(a -> a != axis).toArray();
      columns.add(b.op("Expand", b.unsqueeze(line, others), shape));
    }
    return b.concat(depth, columns.toArray(Value[]::new));
  }
}
