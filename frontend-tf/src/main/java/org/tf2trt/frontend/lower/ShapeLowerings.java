// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Shapes;

/** Shapes as tensors, and tensors under another shape. */
final class ShapeLowerings {
  private ShapeLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Shape", (node, build) -> build.cast(shape(node, build), node.outputType(0)));
    table.add("ShapeN", ShapeLowerings::shapes);
    table.one(
        "Size", (node, build) -> build.cast(build.op("Size", node.input(0)), node.outputType(0)));
    table.one("Rank", ShapeLowerings::rank);
    table.one("Reshape", ShapeLowerings::reshape);
    table.one("Squeeze", ShapeLowerings::squeeze);
    table.one("ExpandDims", ShapeLowerings::expandDims);
    table.one("BroadcastTo", ShapeLowerings::broadcastTo);
    table.one("BroadcastArgs", ShapeLowerings::broadcastArgs);
    table.add("BroadcastGradientArgs", ShapeLowerings::broadcastGradientArgs);
    table.one("Fill", ShapeLowerings::fill);
    table.one("Empty", ShapeLowerings::empty);
    table.one(
        "Tile",
        (node, build) -> {
          Value repeats = build.cast(node.input(1), DType.I64);
          DType type = Filled.repeatable(node.input(0).dtype());
          Value tiled = build.op("Tile", build.cast(node.input(0), type), repeats);
          return build.cast(tiled, node.outputType(0));
        });
  }

  private static Value shape(TfNode node, OnnxBuilder build) {
    Value v = node.input(0);
    return RaggedVariants.isEncoded(v) ? RaggedVariants.shape(v, build) : build.shapeOf(v);
  }

  private static List<Value> shapes(TfNode node, OnnxBuilder build) {
    List<Value> shapes = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      shapes.add(build.cast(build.shapeOf(node.input(i)), node.outputType(i)));
    }
    return shapes;
  }

  private static Value rank(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    return x.shape().isRanked()
        ? build.scalar(DType.I32, x.shape().rank())
        : build.cast(build.op("Size", build.shapeOf(x)), DType.I32);
  }

  /** A target with one unknown extent is written with -1, so that shape arithmetic dies. */
  private static Value reshape(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Value target = build.cast(node.input(1), DType.I64);
    Optional<List<Dim>> dims = build.values(target);
    Optional<long[]> simple = dims.flatMap(ShapeLowerings::withOneInferred);
    if (simple.isEmpty()) {
      return build.reshape(x, target);
    }
    Value result = build.reshape(x, simple.get());
    if (dims.get().stream().allMatch(d -> d.isSymbolic() || d.isAtLeast(0))) {
      result.refine(Shapes.merge(result.shape(), Shape.of(dims.get())));
    }
    return result;
  }

  /** Only where no known extent is 0, which would leave the inferred one open. */
  private static Optional<long[]> withOneInferred(List<Dim> dims) {
    long open = dims.stream().filter(d -> !d.isKnown()).count();
    if (open != 1 || dims.stream().anyMatch(d -> d.isKnown() && d.size() <= 0)) {
      return Optional.empty();
    }
    return Optional.of(dims.stream().mapToLong(d -> d.isKnown() ? d.size() : -1).toArray());
  }

  private static Value squeeze(TfNode node, OnnxBuilder build) {
    long[] axes = node.integers("squeeze_dims");
    Value x = node.input(0);
    if (axes.length > 0) {
      return build.squeeze(x, axes);
    }
    if (!x.shape().isRanked() || x.shape().dims().stream().anyMatch(Dim::isUnknown)) {
      return build.op("Squeeze", x);
    }
    long[] ones = onesOf(x.shape());
    // With none for certain, the model means one that is only known in the call: the batch.
    return ones.length == 0 && !x.shape().isStatic()
        ? build.op("Squeeze", x)
        : build.squeeze(x, ones);
  }

  /** A named symbol stands for any extent: what is 1 for certain goes, where there is such. */
  private static long[] onesOf(Shape shape) {
    List<Long> ones = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i).is(1)) {
        ones.add((long) i);
      }
    }
    return ones.stream().mapToLong(Long::longValue).toArray();
  }

  private static Value expandDims(TfNode node, OnnxBuilder build) {
    return build.unsqueeze(node.input(0), node.constantInteger(1));
  }

  private static Value broadcastTo(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Optional<long[]> target = node.knownIntegers(1);
    if (target.isPresent()
        && x.shape().isStatic()
        && Arrays.equals(target.get(), x.shape().sizes())) {
      return x;
    }
    Value shape = build.cast(node.input(1), DType.I64);
    return Compute.one(node, build, Filled.BROADCAST, (b, v) -> b.op("Expand", v, shape));
  }

  /** The shape two shapes broadcast to. */
  private static Value broadcastArgs(TfNode node, OnnxBuilder build) {
    List<Value> shapes = sameLength(node, build);
    Value a = shapes.get(0);
    Value b = shapes.get(1);
    return build.where(build.op("Equal", a, build.scalarLike(a, 1)), b, a);
  }

  /** The axes along which each shape is 1, over which its gradient is summed. */
  private static List<Value> broadcastGradientArgs(TfNode node, OnnxBuilder build) {
    List<Value> axes = new ArrayList<>();
    for (Value shape : sameLength(node, build)) {
      Value ones = build.op("NonZero", build.op("Equal", shape, build.scalarLike(shape, 1)));
      axes.add(build.cast(build.squeeze(ones, 0), node.outputType(0)));
    }
    return axes;
  }

  /** Inputs 0 and 1, the shorter filled with 1 in front. */
  private static List<Value> sameLength(TfNode node, OnnxBuilder build) {
    Dim first = node.input(0).shape().dim(0);
    Dim second = node.input(1).shape().dim(0);
    if (!first.isKnown() || !second.isKnown()) {
      throw node.refuse(
          "the ranks of the two shapes are not known", "give the input shapes with --shape");
    }
    long rank = Math.max(first.size(), second.size());
    return List.of(
        padWithOnes(build, node.input(0), rank - first.size()),
        padWithOnes(build, node.input(1), rank - second.size()));
  }

  private static Value padWithOnes(OnnxBuilder build, Value shape, long count) {
    long[] ones = new long[(int) count];
    Arrays.fill(ones, 1);
    return count == 0 ? shape : build.concat(0, build.cast(build.ints(ones), shape.dtype()), shape);
  }

  private static Value fill(TfNode node, OnnxBuilder build) {
    DType dtype = Compute.type(node, node.input(1).dtype(), Filled.TYPES);
    Value shape = build.cast(node.input(0), DType.I64);
    return Filled.of(build, build.cast(node.input(1), dtype), shape);
  }

  /** What is not initialised may as well be zero. */
  private static Value empty(TfNode node, OnnxBuilder build) {
    DType dtype = Compute.type(node, node.outputType(0), Filled.TYPES);
    return Filled.of(build, build.scalar(dtype, 0), build.cast(node.input(0), DType.I64));
  }
}
