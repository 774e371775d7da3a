// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Shapes;

/** Slice: begin and size for every axis, a size of -1 goes to the end. */
final class SliceLowerings {
  private SliceLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Slice", SliceLowerings::lower);
    table.one("StridedSlice", SliceLowerings::stridedSlice);
    table.one("StridedSliceGrad", SliceLowerings::stridedSliceGrad);
    table.one(
        "TensorStridedSliceUpdate",
        (node, build) -> assignSlice(node, build, node.input(0), build.shapeOf(node.input(0))));
  }

  private static Value stridedSlice(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    if (RaggedVariants.isEncoded(x)) {
      if (node.integer("shrink_axis_mask") != 1 || !node.input(1).shape().hasRank(1)) {
        throw node.refuse("it slices a vector of variants", "slice the ragged tensor instead");
      }
      return RaggedVariants.row(node, build, x, build.reshape(node.input(1)));
    }
    return new StridedSlice(node, build, x).lower();
  }

  /** One axis with constant bounds, step 1. */
  static Value slice(OnnxBuilder b, Value x, long axis, long start, long end) {
    return b.slice(x, new long[] {start}, new long[] {end}, new long[] {axis}, new long[] {1});
  }

  /** One axis with bounds that are i64 vectors of one element, step 1. */
  static Value slice(OnnxBuilder b, Value x, long axis, Value start, Value end) {
    return b.op("Slice", x, start, end, b.ints(axis), b.ints(1));
  }

  /** Zeros of shape input 0, with input 4 where the slice lies. */
  private static Value stridedSliceGrad(TfNode node, OnnxBuilder build) {
    Value shape = build.cast(node.input(0), DType.I64);
    DType dtype = Compute.type(node, node.outputType(0), Filled.TYPES);
    Value zeros = Filled.of(build, build.scalar(dtype, 0), shape);
    return assignSlice(node, build, zeros, shape);
  }

  /** The positions that the slice picks from 0, 1, 2, ... are those to overwrite. */
  private static Value assignSlice(TfNode node, OnnxBuilder b, Value x, Value shape) {
    Value count = b.reduce("ReduceProd", shape, false, 0);
    Value positions = b.reshape(Ranges.upTo(b, count), shape);
    Value picked = new StridedSlice(node, b, positions).lower();
    Value flat = b.reshape(x, -1);
    Value updates = b.reshape(broadcast(node, b, node.input(4), picked), -1);
    Value written = b.op("ScatterND", flat, b.reshape(picked, -1, 1), updates);
    return b.reshape(written, shape);
  }

  /** What is written broadcasts to what is overwritten (strided_slice_op.cc). */
  private static Value broadcast(TfNode node, OnnxBuilder build, Value value, Value picked) {
    if (value.shape().isRanked() && value.shape().equals(picked.shape())) {
      return value;
    }
    Value shape = build.shapeOf(picked);
    return Compute.one(node, build, Filled.BROADCAST, value, (b, x) -> b.op("Expand", x, shape));
  }

  private static Value lower(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Optional<long[]> begin = node.knownIntegers(1);
    Optional<long[]> size = node.knownIntegers(2);
    Value result =
        begin.isPresent() && size.isPresent()
            ? constant(build, x, begin.get(), size.get())
            : computed(build, node);
    sizes(build, node).ifPresent(s -> refine(result, s));
    return result;
  }

  private static void refine(Value result, Shape shape) {
    if (!(result instanceof Value.Constant) && Shapes.compatible(result.shape(), shape)) {
      result.refine(Shapes.merge(result.shape(), shape));
    }
  }

  /** The result's shape as far as sizes say it; -1 says nothing. */
  private static Optional<Shape> sizes(OnnxBuilder build, TfNode node) {
    return build
        .values(node.input(2))
        .map(dims -> Shape.of(dims.stream().map(d -> d.isAtLeast(0) ? d : Dim.UNKNOWN).toList()));
  }

  private static Value constant(OnnxBuilder build, Value x, long[] begin, long[] size) {
    long[] axes =
        LongStream.range(0, begin.length)
            .filter(i -> !isWhole(x.shape(), begin[(int) i], size[(int) i], (int) i))
            .toArray();
    if (axes.length == 0) {
      return x;
    }
    long[] starts = Arrays.stream(axes).map(i -> begin[(int) i]).toArray();
    long[] ends =
        Arrays.stream(axes)
            .map(i -> size[(int) i] == -1 ? Long.MAX_VALUE : begin[(int) i] + size[(int) i])
            .toArray();
    long[] steps = new long[axes.length];
    Arrays.fill(steps, 1);
    return build.slice(x, starts, ends, axes, steps);
  }

  private static boolean isWhole(Shape shape, long begin, long size, int axis) {
    return begin == 0 && (size == -1 || shape.isRanked() && shape.dim(axis).is(size));
  }

  private static Value computed(OnnxBuilder build, TfNode node) {
    Value begin = build.cast(node.input(1), DType.I64);
    Value size = build.cast(node.input(2), DType.I64);
    Value end = build.add(begin, size);
    boolean maybeToTheEnd =
        build.values(size).map(dims -> dims.stream().anyMatch(d -> !d.isAtLeast(0))).orElse(true);
    if (maybeToTheEnd) {
      Value last = build.ints(Long.MAX_VALUE);
      end = build.where(build.op("Less", size, build.ints(0)), last, end);
    }
    return build.op("Slice", node.input(0), begin, end);
  }

  /** The elements of an integer vector that are known. */
  static Optional<Long> known(OnnxBuilder build, Value vector, int i) {
    if (vector.constant().isPresent()) {
      return Optional.of(vector.constant().get().longs()[i]);
    }
    Optional<List<Dim>> dims = build.values(vector);
    return dims.map(d -> d.get(i)).filter(Dim::isKnown).map(Dim::size);
  }
}
