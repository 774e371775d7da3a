// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The numbers that a quantised integer stands for (quantization_utils.h): its type's values are
 * spread over a range, f32 scalars min and max, and 0 is one of them.
 */
record QuantizedRange(OnnxBuilder b, DType dtype, Value min, Value max) {
  double lowest() {
    return dtype.isUnsigned() ? 0 : -Math.pow(2, 8.0 * dtype.bytes() - 1);
  }

  double highest() {
    return lowest() + Math.pow(2, 8.0 * dtype.bytes()) - 1;
  }

  /** The distance of two neighbours. */
  Value level() {
    return b.div(b.sub(max, min), number(highest() - lowest()));
  }

  /** {@code round(x / level) - round(min / level) + lowest}, held inside the type, as f32. */
  Value quantize(Value x) {
    Value scale = b.div(number(highest() - lowest()), b.sub(max, min));
    Value steps = awayFromZero(b, b.mul(x, scale));
    Value first = awayFromZero(b, b.mul(min, scale));
    Value shifted = b.add(b.sub(steps, first), number(lowest()));
    return clip(b, shifted, lowest(), highest());
  }

  /** Back to f32. */
  Value dequantize(Value quantized) {
    Value level = level();
    Value start = b.mul(awayFromZero(b, b.div(min, level)), level);
    Value steps = b.sub(b.cast(quantized, DType.F32), number(lowest()));
    return b.add(b.mul(steps, level), start);
  }

  /** f32: what stands for 0. */
  Value zero() {
    return quantize(number(0));
  }

  private Value number(double value) {
    return b.scalar(DType.F32, value);
  }

  static Value clip(OnnxBuilder b, Value x, double low, double high) {
    return b.op("Clip", x, b.scalarLike(x, low), b.scalarLike(x, high));
  }

  /** Halves go away from zero, as C rounds. */
  static Value awayFromZero(OnnxBuilder b, Value x) {
    Value size = b.op("Floor", b.add(b.op("Abs", x), b.scalarLike(x, 0.5)));
    return b.mul(size, b.op("Sign", x));
  }
}
