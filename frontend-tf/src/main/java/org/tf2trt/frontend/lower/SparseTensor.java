// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A sparse tensor of known rank.
 *
 * @param indices i64 [n, rank]
 * @param values [n]
 * @param shape i64 [rank]
 */
record SparseTensor(OnnxBuilder b, Value indices, Value values, Value shape) {
  /** Inputs {@code i} to {@code i + 2} of a node. */
  static SparseTensor input(TfNode node, OnnxBuilder b, int i) {
    return new SparseTensor(b, i64(b, node.input(i)), node.input(i + 1), i64(b, node.input(i + 2)));
  }

  static Value i64(OnnxBuilder b, Value v) {
    return b.cast(v, DType.I64);
  }

  List<Value> outputs() {
    return List.of(indices, values, shape);
  }

  /** A dense tensor with {@code filler}, a scalar, elsewhere; duplicates add up where asked. */
  Value dense(Value filler, boolean add) {
    Value start = Filled.of(b, filler, shape);
    return add
        ? ScatterLowerings.accumulate(b, start, indices, values, "add")
        : b.op("ScatterND", start, indices, values);
  }

  /** bool: where there are elements. */
  Value present() {
    Value zeros = Filled.of(b, b.scalar(DType.I32, 0), shape);
    Value ones = Filled.of(b, b.scalar(DType.I32, 1), b.dim(indices, 0));
    return b.cast(b.op("ScatterND", zeros, indices, ones), DType.BOOL);
  }

  /** i64 [n]: positions in row-major order. */
  Value positions() {
    return b.reduce("ReduceSum", b.mul(indices, strides(shape)), false, 1);
  }

  /** i64 [rank]: the elements that a step on each axis skips. */
  Value strides(Value extents) {
    // Behind each axis: the product of the extents right of it.
    Value rank = b.dim(extents, 0);
    Value axes = Ranges.upTo(b, b.squeeze(rank, 0));
    Value right = b.op("Greater", b.unsqueeze(axes, 0), b.unsqueeze(axes, 1));
    Value factors = b.where(right, b.unsqueeze(extents, 0), b.scalar(DType.I64, 1));
    return b.reduce("ReduceProd", factors, false, 1);
  }

  /** i64 [n, rank] from positions in row-major order. */
  Value coordinates(Value positions, Value extents) {
    Value quotient = b.div(b.unsqueeze(positions, 1), strides(extents));
    return b.op("Mod", quotient, extents);
  }

  /** In row-major order. */
  SparseTensor ordered() {
    Value positions = positions();
    List<Value> sorted =
        b.ops(
            "TopK",
            2,
            Map.of("axis", Attr.of(0), "largest", Attr.of(0L)),
            positions,
            b.dim(positions, 0));
    return at(sorted.get(1));
  }

  /** The elements with these numbers. */
  SparseTensor at(Value numbers) {
    return new SparseTensor(
        b,
        GatherLowerings.gather(b, indices, numbers, 0),
        GatherLowerings.gather(b, values, numbers, 0),
        shape);
  }

  /** The part of a box, its coordinates counted from the box's corner. */
  SparseTensor slice(Value start, Value size) {
    Value moved = b.sub(indices, start);
    Value extents = b.op("Max", b.op("Min", size, b.sub(shape, start)), b.scalar(DType.I64, 0));
    Value zero = b.scalar(DType.I64, 0);
    Value inside = b.op("And", b.op("GreaterOrEqual", moved, zero), b.op("Less", moved, extents));
    Value outside = b.cast(b.op("Not", inside), DType.I32);
    Value misses = b.reduce("ReduceSum", outside, false, 1);
    Value kept = b.op("Equal", misses, b.scalar(DType.I32, 0));
    Value numbers = b.squeeze(b.op("NonZero", kept), 0);
    return new SparseTensor(b, moved, values, extents).at(numbers);
  }
}
