// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Reductions over axes that are known at conversion time. No axes: the input itself. Max and Min
 * over nothing give the type's lowest and highest value, Mean gives NaN (reduction_ops_common.h).
 * Mean of integers adds up in 64 bits, so that nothing wraps, and truncates (the
 * CASTING_SPECIALIZATIONs there).
 */
final class ReduceLowerings {
  private ReduceLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Sum", (node, build) -> plain(node, build, "ReduceSum", Compute.SUMS));
    table.one("Prod", (node, build) -> plain(node, build, "ReduceProd", Compute.SUMS));
    table.one("Max", (node, build) -> extremum(node, build, "ReduceMax"));
    table.one("Min", (node, build) -> extremum(node, build, "ReduceMin"));
    table.one("Mean", ReduceLowerings::mean);
    table.one("EuclideanNorm", ReduceLowerings::euclideanNorm);
    table.one("All", ReduceLowerings::all);
    table.one("Any", ReduceLowerings::any);
    table.one("BiasAddGrad", ReduceLowerings::biasAddGrad);
    table.one("ArgMax", (node, build) -> arg(node, build, "ArgMax"));
    table.one("ArgMin", (node, build) -> arg(node, build, "ArgMin"));
  }

  private static long[] axes(TfNode node) {
    long[] axes = node.constantIntegers(1);
    if (!node.input(0).shape().isRanked()) {
      return axes;
    }
    int rank = node.rank(0);
    return Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().distinct().toArray();
  }

  private static Value reduce(OnnxBuilder b, TfNode node, String op, Value x) {
    if (RankRange.isAllAxes(node.input(1), node.input(0))) {
      return b.op(op, Map.of("keepdims", Attr.of(node.flag("keep_dims") ? 1L : 0L)), x);
    }
    if (op.equals("ReduceSum") && node.knownIntegers(1).isEmpty()) {
      // The one reduction that takes computed axes in every opset; no axes leave the input alone.
      Value axes = b.reshape(b.cast(node.input(1), DType.I64), -1);
      long keep = node.flag("keep_dims") ? 1 : 0;
      return b.op(
          op, Map.of("keepdims", Attr.of(keep), "noop_with_empty_axes", Attr.of(1)), x, axes);
    }
    long[] axes = axes(node);
    return axes.length == 0 ? x : b.reduce(op, x, node.flag("keep_dims"), axes);
  }

  private static Value plain(TfNode node, OnnxBuilder build, String op, Set<DType> kernels) {
    return Compute.one(node, build, kernels, (b, x) -> reduce(b, node, op, x));
  }

  private static Value extremum(TfNode node, OnnxBuilder build, String op) {
    DType dtype = node.input(0).dtype();
    if (isOverNothing(node)) {
      boolean lowest = op.equals("ReduceMax");
      return overNothing(node, build, Extremes.of(dtype, lowest));
    }
    return plain(node, build, op, Compute.REDUCED_EXTREMA);
  }

  private static boolean isOverNothing(TfNode node) {
    Value x = node.input(0);
    return x.shape().isRanked()
        && Arrays.stream(axes(node)).anyMatch(a -> x.shape().dim((int) a).is(0));
  }

  /** A sum over nothing has the right shape; each element becomes {@code element}. */
  private static Value overNothing(TfNode node, OnnxBuilder build, TensorData element) {
    Value shape = build.shapeOf(plain(node, build, "ReduceSum", Compute.SUMS));
    return Filled.of(build, element, shape);
  }

  private static Value mean(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    if (x.dtype().isFloat()) {
      return isOverNothing(node)
          ? overNothing(node, build, TensorData.scalar(x.dtype(), Double.NaN))
          : plain(node, build, "ReduceMean", Compute.FLOATS);
    }
    Value sum = reduce(build, node, "ReduceSum", build.cast(x, DType.I64));
    Value mean = build.div(sum, reducedElements(node, build));
    return build.cast(mean, x.dtype());
  }

  /** How many elements of the input make up one of the result, I64. */
  private static Value reducedElements(TfNode node, OnnxBuilder build) {
    Value extents = build.shapeOf(node.input(0));
    if (!RankRange.isAllAxes(node.input(1), node.input(0))) {
      extents = build.op("Gather", extents, build.ints(axes(node)));
    }
    return build.reduce("ReduceProd", extents, false, 0);
  }

  private static Value euclideanNorm(TfNode node, OnnxBuilder build) {
    return Compute.one(
        node,
        build,
        Compute.FLOATS,
        (b, x) -> b.op("Sqrt", reduce(b, node, "ReduceSum", b.mul(x, x))));
  }

  /** Counting keeps the answer right over nothing as well: All is true, Any is false. */
  private static Value all(TfNode node, OnnxBuilder build) {
    Value fails = build.cast(build.op("Not", node.input(0)), DType.I32);
    Value count = reduce(build, node, "ReduceSum", fails);
    return build.op("Equal", count, build.scalar(DType.I32, 0));
  }

  private static Value any(TfNode node, OnnxBuilder build) {
    Value holds = build.cast(node.input(0), DType.I32);
    Value count = reduce(build, node, "ReduceSum", holds);
    return build.op("Greater", count, build.scalar(DType.I32, 0));
  }

  /** The sum over all axes but the channels. */
  private static Value biasAddGrad(TfNode node, OnnxBuilder build) {
    int rank = node.rank(0);
    int channels = node.string("data_format").equals("NCHW") ? 1 : rank - 1;
    long[] axes = IntStream.range(0, rank).filter(i -> i != channels).asLongStream().toArray();
    return Compute.one(node, build, Compute.SUMS, (b, x) -> b.reduce("ReduceSum", x, false, axes));
  }

  /** The first of equal elements wins in both. */
  private static Value arg(TfNode node, OnnxBuilder build, String op) {
    Map<String, Attr> attrs =
        Map.of("axis", Attr.of(node.constantInteger(1)), "keepdims", Attr.of(0));
    DType wide = Compute.type(node, node.input(0).dtype(), Compute.REDUCED_EXTREMA);
    Value index = build.op(op, attrs, build.cast(node.input(0), wide));
    return build.cast(index, node.outputType(0));
  }
}
