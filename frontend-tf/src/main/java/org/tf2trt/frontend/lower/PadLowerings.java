// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Padding; TensorFlow gives [rank,2] pairs, ONNX wants all begins before all ends. */
final class PadLowerings {
  private static final Set<DType> KERNELS =
      Collections.unmodifiableSet(
          EnumSet.of(
              DType.F32,
              DType.F64,
              DType.F16,
              DType.I8,
              DType.I32,
              DType.I64,
              DType.U8,
              DType.U32,
              DType.U64,
              DType.BOOL));

  private PadLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Pad", (node, build) -> pad(node, build, OnnxBuilder.absent()));
    table.one("PadV2", (node, build) -> pad(node, build, node.input(2)));
    table.one("MirrorPad", PadLowerings::mirror);
  }

  private static Value pad(TfNode node, OnnxBuilder build, Value element) {
    Value pads = pads(node, build);
    if (isZero(pads)) {
      return node.input(0);
    }
    DType wide = Compute.type(node, node.input(0).dtype(), KERNELS);
    Value fill = element.isPresent() ? build.cast(element, wide) : element;
    return Compute.one(
        node,
        build,
        KERNELS,
        (b, x) -> fill.isPresent() ? b.op("Pad", x, pads, fill) : b.op("Pad", x, pads));
  }

  /** {@code x} with zeros around it, in a type that has a kernel. */
  static Value zeros(TfNode node, OnnxBuilder build, Value x, Value pads) {
    return Compute.one(node, build, KERNELS, x, (b, v) -> b.op("Pad", v, pads));
  }

  private static Value pads(TfNode node, OnnxBuilder build) {
    Value pairs = build.cast(node.input(1), DType.I64);
    Optional<long[]> known = node.knownIntegers(1);
    if (known.isEmpty()) {
      return build.reshape(build.transpose(pairs, 1, 0), -1);
    }
    return build.ints(onnxOrder(known.get()));
  }

  /** All begins, then all ends. */
  private static long[] onnxOrder(long[] pairs) {
    int rank = pairs.length / 2;
    long[] pads = new long[pairs.length];
    for (int i = 0; i < rank; i++) {
      pads[i] = pairs[2 * i];
      pads[rank + i] = pairs[2 * i + 1];
    }
    return pads;
  }

  private static boolean isZero(Value pads) {
    return pads.constant().map(t -> Arrays.stream(t.longs()).allMatch(p -> p == 0)).orElse(false);
  }

  private static Value mirror(TfNode node, OnnxBuilder build) {
    Optional<long[]> pairs = node.knownIntegers(1);
    if (pairs.map(p -> Arrays.stream(p).allMatch(n -> n == 0)).orElse(false)) {
      return node.input(0);
    }
    if (node.string("mode").equals("REFLECT")) {
      Value pads = pads(node, build);
      return Compute.one(node, build, KERNELS, (b, x) -> reflected(b, x, pads));
    }
    return pairs.isPresent()
        ? symmetric(build, node.input(0), pairs.get())
        : computedSymmetric(node, build);
  }

  private static Value reflected(OnnxBuilder build, Value x, Value pads) {
    return build.op("Pad", Map.of("mode", Attr.of("reflect")), x, pads);
  }

  /** {@code pairs} holds the extents before and after each axis in turn. */
  static Value reflected(OnnxBuilder build, Value x, long[] pairs) {
    return reflected(build, x, build.ints(onnxOrder(pairs)));
  }

  /** As {@link #reflected}, with the border repeated. */
  static Value symmetric(OnnxBuilder build, Value x, long[] pairs) {
    Value v = x;
    for (int axis = 0; axis < pairs.length / 2; axis++) {
      v = symmetric(build, v, axis, pairs[2 * axis], pairs[2 * axis + 1]);
    }
    return v;
  }

  private static Value computedSymmetric(TfNode node, OnnxBuilder build) {
    Value pads = pads(node, build);
    Value v = node.input(0);
    int rank = node.rank(0);
    List<Dim> known = build.values(pads).orElse(List.of());
    for (int axis = 0; axis < rank; axis++) {
      boolean none = !known.isEmpty() && known.get(axis).is(0) && known.get(rank + axis).is(0);
      v = none ? v : symmetric(build, v, axis, pads, rank);
    }
    return v;
  }

  /** The last elements of the reversed axis go before, its first ones after. */
  private static Value symmetric(OnnxBuilder b, Value x, int axis, Value pads, int rank) {
    Value reversed = OrderLowerings.reverse(b, x, axis);
    Value before = GatherLowerings.gather(b, pads, b.ints(axis), 0);
    Value after = GatherLowerings.gather(b, pads, b.ints(rank + axis), 0);
    Value start = b.sub(b.dim(x, axis), before);
    Value left = SliceLowerings.slice(b, reversed, axis, start, b.ints(Long.MAX_VALUE));
    return b.concat(axis, left, x, SliceLowerings.slice(b, reversed, axis, b.ints(0), after));
  }

  /** ONNX has no mode that repeats the border: mirrored slices go before and after. */
  private static Value symmetric(OnnxBuilder b, Value x, long axis, long before, long after) {
    if (before == 0 && after == 0) {
      return x;
    }
    Value left = before == 0 ? null : backwards(b, x, axis, before - 1, Long.MIN_VALUE);
    Value right = after == 0 ? null : backwards(b, x, axis, -1, -after - 1);
    if (left == null) {
      return b.concat(axis, x, right);
    }
    return right == null ? b.concat(axis, left, x) : b.concat(axis, left, x, right);
  }

  private static Value backwards(OnnxBuilder b, Value x, long axis, long start, long end) {
    return b.slice(x, new long[] {start}, new long[] {end}, new long[] {axis}, new long[] {-1});
  }
}
