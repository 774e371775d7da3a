// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The bits of floating-point numbers (IEEE 754, and bfloat16) through arithmetic that is exact:
 * comparisons and multiplications by powers of two. What a NaN holds cannot be seen from outside;
 * it is taken as the quiet one without a sign.
 */
final class FloatBits {
  private final OnnxBuilder b;
  private final DType dtype;
  private final DType wide;
  private final int mantissaBits;
  private final int bias;

  FloatBits(OnnxBuilder b, DType dtype) {
    this.b = b;
    this.dtype = dtype;
    this.wide = dtype == DType.F64 ? DType.F64 : DType.F32;
    this.mantissaBits =
        switch (dtype) {
          case F64 -> 52;
          case F32 -> 23;
          case F16 -> 10;
          default -> 7;
        };
    this.bias = (1 << (8 * dtype.bytes() - mantissaBits - 2)) - 1;
  }

  /** i64 numbers whose low bits are those of {@code x}; they carry a sign at 64 bits only. */
  Value of(Value x) {
    Value v = b.cast(x, wide);
    Value size = b.op("Abs", v);
    Value isFinite = b.op("Less", size, number(Double.POSITIVE_INFINITY));
    Value significand = b.where(isFinite, size, number(0));
    Value exponent = number(0);
    int half = (bias + 1) / 2;
    for (int s = half; s >= 1; s /= 2) {
      Value large = b.op("GreaterOrEqual", significand, number(Math.pow(2, s)));
      significand = scaled(large, significand, -s);
      exponent = b.add(exponent, b.where(large, number(s), number(0)));
    }
    for (int s = half; s >= 1; s /= 2) {
      Value small = b.op("Less", significand, number(Math.pow(2, 1.0 - s)));
      significand = scaled(small, significand, s);
      exponent = b.sub(exponent, b.where(small, number(s), number(0)));
    }
    Value biased = b.add(exponent, number(bias));
    // The smallest numbers have no leading one; the last step above shifted them once too far.
    Value subnormal = b.op("Equal", biased, number(0));
    Value fraction =
        b.where(subnormal, b.mul(significand, number(0.5)), b.sub(significand, number(1)));
    Value low = integer(b.mul(fraction, number(Math.pow(2, mantissaBits))));
    Value high = b.mul(integer(biased), whole(Math.pow(2, mantissaBits)));
    Value magnitude = b.where(isFinite, b.add(high, low), special(v));
    int top = 8 * dtype.bytes() - 1;
    Value sign = whole(top == 63 ? Long.MIN_VALUE : Math.pow(2, top));
    return b.add(magnitude, b.where(isNegative(v), sign, whole(0)));
  }

  private Value scaled(Value condition, Value x, int power) {
    return b.where(condition, b.mul(x, number(Math.pow(2, power))), x);
  }

  /** Infinity, or the quiet NaN. */
  private Value special(Value v) {
    double infinity = (2.0 * bias + 1) * Math.pow(2, mantissaBits);
    Value nan = whole(infinity + Math.pow(2, mantissaBits - 1));
    return b.where(b.op("IsNaN", v), nan, whole(infinity));
  }

  private Value isNegative(Value v) {
    Value below = b.op("Less", v, number(0));
    return b.op("Or", below, b.op("Less", b.op("Reciprocal", v), number(0)));
  }

  /** The numbers that have these low bits of i64 integers. */
  Value from(Value bits) {
    Value step = whole(Math.pow(2, mantissaBits));
    Value fraction = b.op("Mod", bits, step);
    Value rest = b.div(b.sub(bits, fraction), step);
    Value exponents = whole(2.0 * bias + 2);
    Value biased = b.op("Mod", rest, exponents);
    Value sign = b.op("Mod", b.div(b.sub(rest, biased), exponents), whole(2));
    Value part = b.mul(b.cast(fraction, wide), number(Math.pow(2, -mantissaBits)));
    Value zero = whole(0);
    Value significand = b.where(b.op("Equal", biased, zero), part, b.add(part, number(1)));
    Value finite = b.mul(significand, GatherLowerings.gather(b, powers(), biased, 0));
    Value special =
        b.where(
            b.op("Equal", fraction, zero), number(Double.POSITIVE_INFINITY), number(Double.NaN));
    Value last = whole(2.0 * bias + 1);
    Value magnitude = b.where(b.op("Equal", biased, last), special, finite);
    // As a factor: ONNX Runtime's Where loses the sign of zeros.
    Value signs = b.cast(b.sub(whole(1), b.add(sign, sign)), wide);
    return b.cast(b.mul(magnitude, signs), dtype);
  }

  /** By biased exponent; the first and the last are those of their neighbours. */
  private Value powers() {
    double[] table = new double[2 * bias + 2];
    Arrays.setAll(table, i -> Math.pow(2, Math.max(1, Math.min(i, 2 * bias)) - bias));
    TensorData data = FourierMatrix.of(wide, 1, table.length, (r, c) -> table[c]);
    return b.constant(data.reshape(table.length));
  }

  private Value whole(double value) {
    return b.scalar(DType.I64, value);
  }

  private Value integer(Value v) {
    return b.cast(v, DType.I64);
  }

  private Value number(double value) {
    return b.scalar(wide, value);
  }
}
