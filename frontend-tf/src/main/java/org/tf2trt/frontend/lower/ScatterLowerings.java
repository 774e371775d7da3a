// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Writing updates at points; the last axis of the indices holds coordinates. */
final class ScatterLowerings {
  private ScatterLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("ScatterNd", ScatterLowerings::scatterNd);
    table.one("ScatterNdNonAliasingAdd", ScatterLowerings::add);
    table.one("SparseToDense", ScatterLowerings::sparseToDense);
    table.one("TensorScatterAdd", ScatterLowerings::add);
    table.one("TensorScatterSub", ScatterLowerings::sub);
    table.one("TensorScatterUpdate", ScatterLowerings::update);
    table.one("TensorScatterMax", (node, build) -> extremum(node, build, "Max"));
    table.one("TensorScatterMin", (node, build) -> extremum(node, build, "Min"));
  }

  /** Duplicates add up. */
  private static Value scatterNd(TfNode node, OnnxBuilder build) {
    Value shape = build.cast(node.input(2), DType.I64);
    DType wide = Compute.type(node, node.outputType(0), Compute.SUMS);
    Value zeros = Filled.of(build, build.scalar(wide, 0), shape);
    Value updates = build.cast(node.input(1), wide);
    Value sum = accumulate(build, zeros, indices(build, node.input(0)), updates, "add");
    return build.cast(sum, node.outputType(0));
  }

  private static Value add(TfNode node, OnnxBuilder build) {
    return Compute.two(
        node,
        build,
        Compute.SUMS,
        node.input(0),
        node.input(2),
        (b, x, updates) -> accumulate(b, x, indices(b, node.input(1)), updates, "add"));
  }

  private static Value sub(TfNode node, OnnxBuilder build) {
    return Compute.two(
        node,
        build,
        Compute.SUMS,
        node.input(0),
        node.input(2),
        (b, x, updates) ->
            accumulate(b, x, indices(b, node.input(1)), b.op("Neg", updates), "add"));
  }

  /** Indices may be a scalar, a vector, or one row for each point; one value may serve all. */
  private static Value sparseToDense(TfNode node, OnnxBuilder b) {
    Value shape = b.cast(node.input(1), DType.I64);
    Value values = node.input(2);
    DType dtype = Compute.type(node, values.dtype(), Filled.TYPES);
    Value dense = Filled.of(b, b.cast(node.input(3), dtype), shape);
    Value indices = indices(b, node.input(0));
    Value points = node.rank(0) == 2 ? indices : b.reshape(indices, -1, 1);
    Value updates = node.rank(2) == 1 ? values : b.op("Expand", values, b.dim(points, 0));
    return b.op("ScatterND", dense, points, updates);
  }

  /** Of duplicates the last wins. */
  private static Value update(TfNode node, OnnxBuilder build) {
    Value indices = indices(build, node.input(1));
    return build.op("ScatterND", node.input(0), indices, node.input(2));
  }

  static Value indices(OnnxBuilder build, Value indices) {
    return build.cast(indices, DType.I64);
  }

  /** Reductions only where points may repeat: TensorRT has none. */
  static Value accumulate(OnnxBuilder b, Value x, Value indices, Value updates, String reduction) {
    if (indices.constant().map(ScatterLowerings::areDistinct).orElse(false)) {
      Value old = b.op("GatherND", x, indices);
      Value now = reduction.equals("add") ? b.add(old, updates) : b.mul(old, updates);
      return b.op("ScatterND", x, indices, now);
    }
    DType type = x.dtype() == DType.F16 ? DType.F32 : x.dtype(); // ONNX Runtime adds no halves
    Map<String, Attr> attrs = Map.of("reduction", Attr.of(reduction));
    Value sums = b.op("ScatterND", attrs, b.cast(x, type), indices, b.cast(updates, type));
    return b.cast(sums, x.dtype());
  }

  private static boolean areDistinct(TensorData indices) {
    long[] flat = indices.longs();
    int depth = (int) indices.shape()[indices.rank() - 1];
    Set<List<Long>> seen = new HashSet<>();
    for (int i = 0; i + depth <= flat.length && depth > 0; i += depth) {
      long[] point = Arrays.copyOfRange(flat, i, i + depth);
      if (!seen.add(Arrays.stream(point).boxed().toList())) {
        return false;
      }
    }
    return depth > 0;
  }

  /** ScatterND takes the maximum since opset 18; before, equal points first agree on theirs. */
  private static Value extremum(TfNode node, OnnxBuilder build, String op) {
    Value indices = indices(build, node.input(1));
    if (indices.constant().map(ScatterLowerings::areDistinct).orElse(false)) {
      return write(node, build, op, indices, node.input(2));
    }
    int coordinates = node.rank(1) - 1;
    Value points = flatten(build, indices, coordinates, Optional.empty());
    Value updates =
        flatten(build, node.input(2), coordinates, Optional.of(node.rank(2) - coordinates));
    return write(node, build, op, points, agreed(node, build, op, points, updates));
  }

  private static Value write(
      TfNode node, OnnxBuilder build, String op, Value indices, Value updates) {
    Value old = build.op("GatherND", node.input(0), indices);
    Value now =
        Compute.two(
            node,
            build,
            Compute.EXTREMA,
            old,
            updates,
            op.equals("Max") ? ArithmeticLowerings::max : ArithmeticLowerings::min);
    return build.op("ScatterND", node.input(0), indices, now);
  }

  /** Makes one axis of the first {@code count}; {@code rest} axes stay, one if empty. */
  private static Value flatten(OnnxBuilder b, Value v, int count, Optional<Integer> rest) {
    if (count == 1) {
      return v;
    }
    int rank = count + rest.orElse(1);
    Value tail = SliceLowerings.slice(b, b.shapeOf(v), 0, count, rank);
    return b.reshape(v, b.concat(0, b.ints(-1), tail));
  }

  /** Row i becomes the maximum over all rows at the same point. */
  private static Value agreed(TfNode node, OnnxBuilder b, String op, Value points, Value updates) {
    Value same = b.op("Equal", b.unsqueeze(points, 1), b.unsqueeze(points, 0));
    Value differing = b.cast(b.op("Not", same), DType.I32);
    Value differs = b.cast(b.reduce("ReduceSum", differing, false, 2), DType.BOOL);
    int rest = updates.shape().rank() - 1;
    long[] trailing = new long[rest];
    for (int i = 0; i < rest; i++) {
      trailing[i] = i + 2L;
    }
    DType wide = Compute.type(node, updates.dtype(), Compute.SUMS);
    Value neutral = b.constant(Extremes.of(wide, op.equals("Max")));
    Value rows = b.unsqueeze(b.cast(updates, wide), 0);
    Value own = b.where(b.unsqueeze(differs, trailing), neutral, rows);
    return b.cast(b.reduce("Reduce" + op, own, false, 1), updates.dtype());
  }
}
