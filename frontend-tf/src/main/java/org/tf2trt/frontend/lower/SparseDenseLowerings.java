// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Ops on sparse tensors whose result is dense: the sparse operand is spread out first. */
final class SparseDenseLowerings {
  private SparseDenseLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("SparseTensorDenseMatMul", SparseDenseLowerings::product);
    table.one("SparseTensorDenseAdd", SparseDenseLowerings::sum);
    table.one("SparseReduceSum", SparseDenseLowerings::reduceSum);
    table.one("SparseReduceMax", SparseDenseLowerings::reduceMax);
  }

  private static Value product(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    Value left = t.dense(b.scalarLike(t.values(), 0), true);
    Value a = node.flag("adjoint_a") ? b.transpose(left, 1, 0) : left;
    Value right = node.flag("adjoint_b") ? b.transpose(node.input(3), 1, 0) : node.input(3);
    return b.op("MatMul", a, right);
  }

  private static Value sum(TfNode node, OnnxBuilder b) {
    return Compute.two(
        node,
        b,
        Compute.SUMS,
        node.input(3),
        node.input(1),
        (build, dense, values) ->
            ScatterLowerings.accumulate(
                build, dense, SparseTensor.i64(build, node.input(0)), values, "add"));
  }

  private static Value reduceSum(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    return reduce(node, b, "ReduceSum", t.dense(b.scalarLike(t.values(), 0), true));
  }

  /** 0 where there is no element to reduce. */
  private static Value reduceMax(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    Value lowest = b.constant(Extremes.of(t.values().dtype(), true));
    Value max = reduce(node, b, "ReduceMax", t.dense(lowest, false));
    Value any = reduce(node, b, "ReduceMax", b.cast(t.present(), DType.I32));
    return b.where(b.cast(any, DType.BOOL), max, b.scalarLike(max, 0));
  }

  private static Value reduce(TfNode node, OnnxBuilder b, String op, Value dense) {
    long[] axes = node.constantIntegers(3);
    boolean keep = node.flag("keep_dims");
    return axes.length == 0 ? dense : b.reduce(op, dense, keep, axes);
  }

  /** The shape outputs of sets and decoders: the first extent, and the longest row. */
  static List<Value> outputs(OnnxBuilder b, Value kept, Value sorted) {
    Value counts = b.cast(kept, DType.I64);
    Value place = b.sub(b.op("CumSum", counts, b.scalar(DType.I64, 1)), counts);
    Value at = b.transpose(b.op("NonZero", kept), 1, 0);
    Value column = b.unsqueeze(b.op("GatherND", place, at), 1);
    Value indices = b.concat(1, SliceLowerings.slice(b, at, 1, 0, 1), column);
    Value lengths = b.reduce("ReduceSum", counts, false, 1);
    Value longest = b.reduce("ReduceMax", lengths, true, 0);
    return List.of(indices, b.op("GatherND", sorted, at), b.concat(0, b.dim(kept, 0), longest));
  }
}
