// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * QuantizeAndDequantizeV2 to V4 as the arithmetic of quantize_and_dequantize_op.h: symmetric around
 * zero, the range given or measured, for the tensor or for each index of an axis; with a known
 * range for the tensor, quantisation itself on request.
 */
final class QuantizeDequantizeLowerings {
  private QuantizeDequantizeLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op : List.of("QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4")) {
      table.one(op, (n, b) -> lower(n, b, n.integer("num_bits"), n.string("round_mode")));
    }
    table.one(
        "QuantizeAndDequantizeV3", (n, b) -> lower(n, b, n.constantInteger(3), "HALF_TO_EVEN"));
  }

  private static Value lower(TfNode node, OnnxBuilder build, long bits, String roundMode) {
    Value x = Floats.compute(build, node.input(0));
    boolean given = node.flag("range_given");
    Range range = range(node, build, x, bits, given);
    Optional<QuantizePair> pair = pair(node, build, range, bits);
    if (pair.isPresent() && pair.get().isPerTensor()) {
      Value within = pair.get().saturates() || !given ? x : range.clamp(build, x);
      return build.cast(pair.get().quantized(build, within), node.outputType(0));
    }
    Value clamped = given ? range.clamp(build, x) : x;
    Value scaled = build.mul(clamped, range.scale);
    Value level =
        roundMode.equals("HALF_UP")
            ? build.op("Floor", build.add(scaled, build.scalarLike(x, 0.5)))
            : build.op("Round", scaled);
    return build.cast(build.mul(level, range.inverse), node.outputType(0));
  }

  private record Range(Value min, Value max, Value scale, Value inverse) {
    Value clamp(OnnxBuilder build, Value x) {
      return build.op("Max", build.op("Min", x, max), min);
    }
  }

  /** Where asked for, and the range is known. */
  private static Optional<QuantizePair> pair(
      TfNode node, OnnxBuilder build, Range range, long bits) {
    return node.options().fakeQuant() == LoweringOptions.FakeQuant.QDQ
        ? ConstantValues.known(build, range.inverse)
            .constant()
            .filter(s -> s.elements() == 1)
            .flatMap(
                s -> {
                  long[] low = {bottom(node, bits)};
                  return QuantizePair.of(s, low, new long[] {top(node, bits)}, 0);
                })
        : Optional.empty();
  }

  private static long top(TfNode node, long bits) {
    return node.flag("signed_input") ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
  }

  private static long bottom(TfNode node, long bits) {
    return node.flag("signed_input") ? -top(node, bits) - (node.flag("narrow_range") ? 0 : 1) : 0;
  }

  /** The larger side decides the scale, the other side moves. */
  private static Range range(TfNode node, OnnxBuilder build, Value x, long bits, boolean given) {
    Value lowest = build.scalarLike(x, (double) bottom(node, bits));
    Value highest = build.scalarLike(x, (double) top(node, bits));
    Value min = bound(node, build, x, given, 1, "ReduceMin");
    Value max = bound(node, build, x, given, 2, "ReduceMax");

    Value byMin = sideScale(build, lowest, min);
    Value byMax = sideScale(build, highest, max);
    Value minDecides = build.op("Less", byMin, byMax);
    Value scale = build.where(minDecides, byMin, byMax);
    Value inverse = build.where(minDecides, build.div(min, lowest), build.div(max, highest));
    return new Range(
        build.where(minDecides, min, build.mul(lowest, inverse)),
        build.where(minDecides, build.mul(highest, inverse), max),
        scale,
        inverse);
  }

  private static Value sideScale(OnnxBuilder build, Value levels, Value bound) {
    Value zero = build.scalarLike(bound, 0);
    Value counts = build.op("Greater", build.mul(levels, bound), zero);
    double none = bound.dtype() == DType.F64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    none = bound.dtype() == DType.F16 ? 65504 : none;
    return build.where(counts, build.div(levels, bound), build.scalarLike(bound, none));
  }

  /** Broadcasts against the input. */
  private static Value bound(
      TfNode node, OnnxBuilder build, Value x, boolean given, int input, String measure) {
    long axis = node.integer("axis");
    if (given) {
      Value v = Floats.compute(build, node.input(input));
      return axis < 0 ? v : NormLowerings.behindChannels(build, v, node.rank(0) - 1 - (int) axis);
    }
    if (axis < 0) {
      return build.op(measure, Map.of("keepdims", Attr.of(0L)), x);
    }
    long[] others = LongStream.range(0, node.rank(0)).filter(a -> a != axis).toArray();
    return build.reduce(measure, x, true, others);
  }
}
