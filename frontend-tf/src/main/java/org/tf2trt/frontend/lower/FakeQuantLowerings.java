// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Simulated quantisation as the arithmetic of fake_quant_ops_functor.h in f32. With a constant
 * range the nudged range is a constant too, and on request quantisation is no simulation any more.
 */
final class FakeQuantLowerings {
  private FakeQuantLowerings() {}

  static void addTo(LoweringTable table) {
    table.one(
        "FakeQuantWithMinMaxArgs",
        (node, build) ->
            quantize(
                node,
                build,
                build.scalar(DType.F32, node.number("min")),
                build.scalar(DType.F32, node.number("max")),
                FakeQuantLowerings::timesInverse));
    table.one(
        "FakeQuantWithMinMaxVars",
        (node, build) ->
            quantize(
                node, build, node.input(1), node.input(2), FakeQuantLowerings::dividedByScale));
    table.one( // ranges of the last axis, which is how they broadcast
        "FakeQuantWithMinMaxVarsPerChannel",
        (node, build) ->
            quantize(node, build, node.input(1), node.input(2), FakeQuantLowerings::timesInverse));
  }

  /** The kernels differ in how they scale, and the last bit decides where values lie half-way. */
  private interface Scaling {
    Value apply(OnnxBuilder build, Value shifted, Nudged range);
  }

  private static Value timesInverse(OnnxBuilder build, Value shifted, Nudged range) {
    return build.mul(shifted, range.inverse());
  }

  private static Value dividedByScale(OnnxBuilder build, Value shifted, Nudged range) {
    return build.div(shifted, range.scale());
  }

  /** {@code floor((clamp(x) - min') / scale - zero + 0.5) * scale}, or 0 for the range 0 to 0. */
  private static Value quantize(
      TfNode node, OnnxBuilder build, Value min, Value max, Scaling scaling) {
    double low = node.flag("narrow_range") ? 1 : 0;
    double high = (double) (1L << node.integer("num_bits")) - 1;
    if (node.options().fakeQuant() == LoweringOptions.FakeQuant.QDQ) {
      min = ConstantValues.known(build, min);
      max = ConstantValues.known(build, max);
    }
    Value nothing = isNothing(build, min, max);
    // Any range without a division by zero will do where the result is 0 anyway.
    Value top = build.where(nothing, one(build), max);
    Nudged range = Nudged.of(build, min, top, low, high);
    boolean certain = nothing.constant().map(c -> allZero(c.longs())).orElse(false);
    Optional<QuantizePair> pair =
        certain && node.options().fakeQuant() == LoweringOptions.FakeQuant.QDQ
            ? pair(node, range, Math.round(high - low))
            : Optional.empty();
    Value x = pair.isPresent() ? ConstantValues.known(build, node.input(0)) : node.input(0);
    boolean stored = pair.isPresent() && x.constant().isPresent();
    boolean quantized = pair.isPresent() && !stored && pair.get().isPerTensor();
    if (quantized && !OnGrid.mayBe(x)) {
      Value within = pair.get().saturates() ? x : range.clamp(build, x);
      return pair.get().quantized(build, within);
    }
    Value scaled = scaling.apply(build, build.sub(range.clamp(build, x), range.min()), range);
    Value offset = build.sub(scaled, range.zero());
    Value level = build.op("Floor", build.add(offset, half(build)));
    if (stored) {
      return pair.get().stored(build, level);
    }
    Value y = build.mul(level, range.scale());
    if (quantized) {
      return pair.get().quantized(build, y); // which rounds nothing any more
    }
    return certain ? y : build.where(nothing, build.scalar(DType.F32, 0), y);
  }

  /** The levels around zero; empty for a range of the run. */
  private static Optional<QuantizePair> pair(TfNode node, Nudged range, long steps) {
    Optional<TensorData> scale = range.scale().constant();
    Optional<TensorData> zero = range.zero().constant();
    if (scale.isEmpty() || zero.isEmpty()) {
      return Optional.empty();
    }
    long[] low = Arrays.stream(zero.get().doubles()).mapToLong(z -> -Math.round(z)).toArray();
    long[] high = Arrays.stream(low).map(l -> l + steps).toArray();
    boolean one = low.length == 1;
    return one || node.input(0).shape().isRanked()
        ? QuantizePair.of(scale.get(), low, high, one ? 0 : node.rank(0) - 1)
        : Optional.empty();
  }

  private static boolean allZero(long[] values) {
    return Arrays.stream(values).allMatch(v -> v == 0);
  }

  private static Value isNothing(OnnxBuilder build, Value min, Value max) {
    Value zero = build.scalar(DType.F32, 0);
    return build.op("And", build.op("Equal", min, zero), build.op("Equal", max, zero));
  }

  private static Value half(OnnxBuilder build) {
    return build.scalar(DType.F32, 0.5);
  }

  private static Value one(OnnxBuilder build) {
    return build.scalar(DType.F32, 1);
  }

  /** The range moved so that zero is one of its levels. */
  private record Nudged(Value min, Value max, Value scale, Value inverse, Value zero) {
    Value clamp(OnnxBuilder build, Value x) {
      return build.op("Max", build.op("Min", x, max), min);
    }

    static Nudged of(OnnxBuilder build, Value min, Value max, double low, double high) {
      Value lowest = build.scalar(DType.F32, low);
      Value highest = build.scalar(DType.F32, high);
      Value steps = build.scalar(DType.F32, high - low);
      Value extent = build.sub(max, min);
      Value scale = build.div(extent, steps);
      Value inverse = build.div(steps, extent);
      Value point = build.sub(lowest, build.div(min, scale));
      Value inside = build.op("Max", build.op("Min", point, highest), lowest);
      Value level = build.op("Floor", build.add(inside, half(build))); // never negative
      Value nudgedMin = build.mul(build.sub(lowest, level), scale);
      Value nudgedMax = build.mul(build.sub(highest, level), scale);
      Value zero =
          build.op("Floor", build.add(build.mul(build.op("Neg", nudgedMin), inverse), half(build)));
      return new Nudged(nudgedMin, nudgedMax, scale, inverse, zero);
    }
  }
}
