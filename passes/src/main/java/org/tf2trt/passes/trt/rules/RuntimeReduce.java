// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT reduces axes that are known; which extents lie before and behind an axis may be
 * computed. Where the number of axes is known, they are reduced one by one.
 */
public final class RuntimeReduce implements Rule {
  /** Reductions of reductions are reductions. */
  private static final Set<String> CHAINED =
      Set.of(
          "onnx.ReduceSum",
          "onnx.ReduceMean",
          "onnx.ReduceMax",
          "onnx.ReduceMin",
          "onnx.ReduceProd");

  @Override
  public String algebra() {
    return "ReduceSum(x, computed axis) -> Reshape(ReduceSum(Reshape(x, [outer, n, inner]), 1))";
  }

  @Override
  public Set<String> roots() {
    return Set.of(
        "onnx.ReduceSum",
        "onnx.ReduceMean",
        "onnx.ReduceMax",
        "onnx.ReduceMin",
        "onnx.ReduceProd",
        "onnx.ReduceL1",
        "onnx.ReduceL2",
        "onnx.ReduceSumSquare",
        "onnx.ReduceLogSum",
        "onnx.ReduceLogSumExp");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.optionalInput(1).isEmpty() || node.input(1).constant().isPresent()) {
      return Outcome.decline("its axes are constant");
    }
    Value x = node.input(0);
    Value axes = node.input(1);
    if (!x.shape().isRanked() || !axes.shape().hasRank(1) || !axes.shape().isStatic()) {
      return Outcome.decline("how many axes there are is not known");
    }
    int count = (int) axes.shape().dim(0).size();
    if (count == 0 || count > x.shape().rank()) {
      return Outcome.decline("it has no axis, or too many");
    }
    if (count > 1 && !CHAINED.contains(node.op())) {
      return Outcome.decline("its axes cannot be reduced one by one");
    }
    return Outcome.replace(reduce(node, count, context.build()));
  }

  private static Value reduce(Node node, int count, OnnxBuilder b) {
    boolean keep = node.intAttr("keepdims", 1) != 0;
    Value x = node.input(0);
    Value shape = b.shapeOf(x);
    int rank = x.shape().rank();
    List<Value> axes = axes(b, node.input(1), count, rank);
    while (!axes.isEmpty()) {
      Value axis = axes.remove(0);
      Value place = b.ints(LongStream.range(0, rank).toArray());
      Value one = b.scalar(DType.I64, 1);
      Value outer = product(b, b.where(b.op("Less", place, axis), shape, one));
      Value inner = product(b, b.where(b.op("Greater", place, axis), shape, one));
      Value extent = b.op("Gather", Map.of("axis", Attr.of(0)), shape, axis);
      Value folded = reshape(b, x, b.concat(0, outer, extent, inner));
      x = b.reduce(node.op().substring("onnx.".length()), folded, keep, 1);
      if (keep) {
        shape = b.where(b.op("Equal", place, axis), one, shape);
      } else {
        shape = without(b, shape, axis, rank);
        axes.replaceAll(a -> b.sub(a, b.cast(b.op("Greater", a, axis), DType.I64)));
        rank--;
      }
    }
    return reshape(b, x, shape);
  }

  /** Each as i64 [1], counted from the front. */
  private static List<Value> axes(OnnxBuilder b, Value given, int count, int rank) {
    Value all = b.cast(given, DType.I64);
    Value negative = b.op("Less", all, b.scalar(DType.I64, 0));
    Value counted = b.where(negative, b.add(all, b.scalar(DType.I64, rank)), all);
    List<Value> axes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      axes.add(part(b, counted, i, i + 1));
    }
    return axes;
  }

  /** No extent is to be copied or inferred, and one may be 0. */
  private static Value reshape(OnnxBuilder b, Value x, Value shape) {
    return b.op("Reshape", Map.of("allowzero", Attr.of(1)), x, shape);
  }

  private static Value product(OnnxBuilder b, Value extents) {
    return b.reduce("ReduceProd", extents, true, 0);
  }

  /**
   * Element i of the result is element i of the shape before the axis, element i + 1 from it on.
   */
  private static Value without(OnnxBuilder b, Value shape, Value axis, int rank) {
    if (rank == 1) {
      return b.ints();
    }
    Value place = b.ints(LongStream.range(0, rank - 1).toArray());
    Value before = b.op("Less", place, axis);
    return b.where(before, part(b, shape, 0, rank - 1), part(b, shape, 1, rank));
  }

  private static Value part(OnnxBuilder b, Value vector, long from, long to) {
    return b.slice(vector, new long[] {from}, new long[] {to}, new long[] {0}, new long[] {1});
  }
}
