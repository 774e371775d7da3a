// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Choosing between tensors, positions of true elements, one-hot encoding, the k largest. */
final class SelectLowerings {
  private static final Set<DType> SORTED =
      Set.of(DType.F32, DType.F64, DType.F16, DType.I8, DType.I16, DType.I32, DType.I64, DType.U8);

  private SelectLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Select", SelectLowerings::select);
    table.one(
        "SelectV2",
        (node, build) -> Choice.where(node, build, node.input(0), node.input(1), node.input(2)));
    table.one("Where", SelectLowerings::where);
    table.one("OneHot", SelectLowerings::oneHot);
    table.add("TopKV2", SelectLowerings::topK);
    table.add("TopK", SelectLowerings::topKByAttribute);
    table.one("NthElement", SelectLowerings::nthElement);
  }

  /** A vector condition picks rows of tensors of a higher rank; both have one shape. */
  private static Value select(TfNode node, OnnxBuilder build) {
    Value condition = node.input(0);
    Optional<TensorData> known = condition.constant().filter(c -> c.rank() == 0);
    if (known.isPresent()) {
      return node.input(known.get().longs()[0] != 0 ? 1 : 2);
    }
    Value x = node.input(1);
    if (!condition.shape().isRanked() || !x.shape().isRanked()) {
      condition = withTrailingOnes(build, condition, x);
    } else if (node.rank(0) == 1 && node.rank(1) > 1) {
      long[] axes = new long[node.rank(1) - 1];
      Arrays.setAll(axes, i -> i + 1L);
      condition = build.unsqueeze(condition, axes);
    }
    return Choice.where(node, build, condition, x, node.input(2));
  }

  /** Right for scalars, rows and equal shapes alike, where ranks are not known. */
  private static Value withTrailingOnes(OnnxBuilder b, Value condition, Value x) {
    Value shape = b.shapeOf(condition);
    Value missing = b.sub(b.op("Size", b.shapeOf(x)), b.op("Size", shape));
    Value ones = Filled.of(b, b.scalar(DType.I64, 1), b.reshape(missing, 1));
    return b.reshape(condition, b.concat(0, shape, ones));
  }

  /** i64 [count, rank]: the coordinates of elements that are not 0. */
  private static Value where(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Value test = x.dtype() == DType.BOOL ? x : build.cast(x, DType.BOOL);
    return build.transpose(build.op("NonZero", test), 1, 0);
  }

  /** By comparison, so that an index out of range gives "off" everywhere. */
  private static Value oneHot(TfNode node, OnnxBuilder build) {
    Value indices = node.input(0);
    int rank = node.rank(0);
    long axis = node.integer("axis") < 0 ? rank : node.integer("axis");
    DType wide = indices.dtype() == DType.I64 ? DType.I64 : DType.I32;
    Value column = build.unsqueeze(build.cast(indices, wide), axis);
    Value depth = build.cast(node.input(1), wide);
    Value classes = Ranges.upTo(build, depth);
    long[] trailing = new long[(int) (rank - axis)];
    for (int i = 0; i < trailing.length; i++) {
      trailing[i] = i + 1L;
    }
    Value hot = build.op("Equal", column, build.unsqueeze(classes, trailing));
    if (is(node, 2, 1) && is(node, 3, 0)) {
      return build.cast(hot, node.outputType(0));
    }
    return Choice.where(node, build, hot, node.input(2), node.input(3));
  }

  private static boolean is(TfNode node, int input, double value) {
    DType dtype = node.input(input).dtype();
    boolean real = dtype.isFloat() || dtype.isInteger() || dtype == DType.BOOL;
    return real && node.constant(input).map(t -> t.doubles()[0] == value).orElse(false);
  }

  private static List<Value> topK(TfNode node, OnnxBuilder build) {
    return topK(node, build, build.cast(node.input(1), DType.I64));
  }

  private static List<Value> topKByAttribute(TfNode node, OnnxBuilder build) {
    return topK(node, build, build.ints(node.integer("k")));
  }

  /** Of equal elements the lower index comes first in both. */
  private static List<Value> topK(TfNode node, OnnxBuilder build, Value k) {
    DType dtype = node.input(0).dtype();
    DType wide = Compute.type(node, dtype, SORTED);
    Value x = build.cast(node.input(0), wide);
    List<Value> top = sorted(build, x, build.reshape(k, 1), true);
    return List.of(build.cast(top.get(0), dtype), build.cast(top.get(1), node.outputType(1)));
  }

  private static List<Value> sorted(OnnxBuilder build, Value x, Value count, boolean largest) {
    return build.ops(
        "TopK", 2, Map.of("axis", Attr.of(-1), "largest", Attr.of(largest ? 1L : 0L)), x, count);
  }

  /** The last of the n + 1 smallest, or largest. */
  private static Value nthElement(TfNode node, OnnxBuilder build) {
    Value n = build.cast(node.input(1), DType.I64);
    Value count = build.reshape(build.add(n, build.scalar(DType.I64, 1)), 1);
    return Compute.one(
        node,
        build,
        SORTED,
        (b, x) ->
            GatherLowerings.gather(b, sorted(b, x, count, node.flag("reverse")).get(0), n, -1));
  }
}
