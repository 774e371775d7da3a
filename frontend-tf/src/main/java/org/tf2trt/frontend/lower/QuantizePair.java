// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Simulated quantisation as QuantizeLinear and DequantizeLinear of 8 bits, with the scale that the
 * simulation has. Levels around zero that i8 holds are i8 with zero point 0; others are u8 with the
 * simulation's zero point.
 */
final class QuantizePair {
  private static final int LEVELS = 256;

  private final TensorData scale;
  private final long[] low;
  private final long[] high;
  private final int axis;

  private QuantizePair(TensorData scale, long[] low, long[] high, int axis) {
    this.scale = scale;
    this.low = low;
    this.high = high;
    this.axis = axis;
  }

  /**
   * Empty where the scale is not one to divide by, or 8 bits do not hold the levels.
   *
   * @param scale of one level: one number, or one for each index of {@code axis}
   * @param low the lowest level, counted from zero, for each scale
   * @param high the highest level
   * @param axis of the scales
   */
  static Optional<QuantizePair> of(TensorData scale, long[] low, long[] high, int axis) {
    boolean sound =
        scale.dtype() == DType.F32
            && Arrays.stream(scale.doubles()).allMatch(s -> s > 0 && Double.isFinite(s));
    for (int i = 0; i < low.length; i++) {
      sound &= low[i] <= 0 && high[i] >= 0 && high[i] - low[i] < LEVELS;
    }
    return sound ? Optional.of(new QuantizePair(scale, low, high, axis)) : Optional.empty();
  }

  boolean isPerTensor() {
    return scale.elements() == 1;
  }

  private boolean isSigned() {
    return Arrays.stream(low).allMatch(l -> l >= Byte.MIN_VALUE)
        && Arrays.stream(high).allMatch(h -> h <= Byte.MAX_VALUE);
  }

  /** Whether saturation does what the simulation's clamp does. */
  boolean saturates() {
    long least = isSigned() ? Byte.MIN_VALUE : low[0];
    return low[0] == least && high[0] == least + LEVELS - 1;
  }

  /** Of a value of the run, which has one scale; clamped before unless {@link #saturates}. */
  Value quantized(OnnxBuilder build, Value x) {
    Value s = build.constant(scale.reshape());
    Value zero = zeroPoint(build);
    return build.op("DequantizeLinear", build.op("QuantizeLinear", x, s, zero), s, zero);
  }

  /** Of levels that are constant, as floats: they are stored in 8 bits. */
  Value stored(OnnxBuilder build, Value levels) {
    Value zero = zeroPoint(build);
    Value shifted = isSigned() ? levels : build.add(levels, build.cast(zero, levels.dtype()));
    Value q = build.cast(shifted, zero.dtype());
    Value s = build.constant(isPerTensor() ? scale.reshape() : scale);
    return isPerTensor()
        ? build.op("DequantizeLinear", q, s, zero)
        : build.op("DequantizeLinear", Map.of("axis", Attr.of(axis)), q, s, zero);
  }

  private Value zeroPoint(OnnxBuilder build) {
    DType type = isSigned() ? DType.I8 : DType.U8;
    long[] zero = isSigned() ? new long[low.length] : Arrays.stream(low).map(l -> -l).toArray();
    long[] shape = isPerTensor() ? new long[0] : new long[] {zero.length};
    return build.cast(build.constant(TensorData.ofLongs(shape, zero)), type);
  }
}
