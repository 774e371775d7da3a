// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * 32-bit sums of products as eight bits. TensorFlow's kernel computes in fixed point, and rounds
 * the distance from the new minimum, not the number itself (RequantizeManyInNewRange in
 * quantization_utils.h): each value is off by a whole level where that is not kept.
 *
 * @param sums 32-bit integers
 * @param min f32 scalar: what the least 32-bit integer stands for
 * @param max the same of the largest
 */
record Requantization(OnnxBuilder b, Value sums, Value min, Value max) {
  private static final double NUMBERS = 0x1p32;

  /** Bits behind the point. */
  private static final int SHIFT = 16;

  /** The range that is really used, with 0 in it. */
  List<Value> usedRange() {
    Value all = b.reshape(sums, -1);
    Value least = real(b.reduce("ReduceMin", all, false, 0));
    Value largest = real(b.reduce("ReduceMax", all, false, 0));
    return List.of(b.op("Min", least, b.scalar(DType.F32, 0)), largest);
  }

  /**
   * QuantizedToFloat of that file, whose steps are doubles: {@code start + (sum + 2^31) * step}, in
   * an order that loses little where doubles are not to be had.
   */
  private Value real(Value sum) {
    Value range = b.mul(doubles(b.sub(max, min)), real(NUMBERS / (NUMBERS - 1)));
    Value step = b.div(range, real(NUMBERS));
    Value rough = b.cast(step, DType.F32);
    Value levels = QuantizedRange.awayFromZero(b, b.div(min, orInfinite(rough)));
    Value start = b.where(isZero(rough), min, b.mul(levels, rough));
    Value zero = b.add(doubles(start), b.mul(step, real(0x1p31)));
    return b.cast(b.add(b.mul(doubles(sum), step), zero), DType.F32);
  }

  /** The sums over another range, as f32 scalars, in u8. */
  Value over(Value newMin, Value newMax) {
    // Of a range of no extent, all numbers are the first level.
    Value range = orInfinite(b.sub(newMax, newMin));
    Value perLevel = b.cast(b.div(real(255), doubles(range)), DType.F32);
    Value middle = b.div(b.add(min, max), b.scalar(DType.F32, 2));
    Value scale =
        integers(b.div(b.mul(real(255 * 0x1p16), doubles(b.sub(max, min))), doubles(range)));
    Value offset = integers(b.mul(b.mul(middle, perLevel), b.scalar(DType.F32, 0x1p16)));
    Value start =
        integers(
            QuantizedRange.awayFromZero(
                b, b.div(b.mul(real(0x1p16), b.mul(doubles(newMin), real(255))), doubles(range))));
    Value fixed = shifted(b.mul(b.cast(sums, DType.I64), scale), 32);
    Value half = b.scalar(DType.I64, 1L << (SHIFT - 1));
    Value level = shifted(b.add(fixed, b.add(b.sub(offset, start), half)), SHIFT);
    return b.cast(b.cast(QuantizedRange.clip(b, level, 0, 255), DType.I32), DType.U8);
  }

  /** Down to the next integer, as a shift of bits does; a division goes towards zero. */
  private Value shifted(Value integers, int bits) {
    Value divisor = b.scalar(DType.I64, (double) (1L << bits));
    Value rest = b.op("Mod", Map.of("fmod", Attr.of(0)), integers, divisor);
    return b.div(b.sub(integers, rest), divisor);
  }

  private Value orInfinite(Value v) {
    return b.where(isZero(v), b.scalar(DType.F32, Double.POSITIVE_INFINITY), v);
  }

  private Value isZero(Value v) {
    return b.op("Equal", v, b.scalar(DType.F32, 0));
  }

  private Value real(double value) {
    return b.scalar(DType.F64, value);
  }

  private Value doubles(Value v) {
    return b.cast(v, DType.F64);
  }

  private Value integers(Value v) {
    return b.cast(v, DType.I64);
  }
}
