// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** The neighbouring floating-point number in the direction of another: the bits count by one. */
final class NextAfter {
  private NextAfter() {}

  static void addTo(LoweringTable table) {
    ArithmeticLowerings.two(table, "NextAfter", Compute.DOUBLES, NextAfter::of);
  }

  private static Value of(OnnxBuilder b, Value from, Value to) {
    FloatBits bits = new FloatBits(b, from.dtype());
    Value zero = b.scalarLike(from, 0);
    Value up = b.op("Greater", to, from);
    Value positive = b.op("Greater", from, zero);
    Value away = b.op("Not", b.op("Xor", up, positive));
    Value step = b.where(away, b.scalar(DType.I64, 1), b.scalar(DType.I64, -1));
    Value size = bits.from(b.add(bits.of(b.op("Abs", from)), step));
    Value moved = b.where(positive, size, b.op("Neg", size));
    double least = from.dtype() == DType.F64 ? Double.MIN_VALUE : Float.MIN_VALUE;
    Value smallest = b.where(up, b.scalarLike(from, least), b.scalarLike(from, -least));
    Value value = b.where(b.op("Equal", from, zero), smallest, moved);
    Value same = b.where(b.op("Equal", from, to), to, value);
    Value sum = b.add(from, to);
    Value bothInfinite = b.op("Equal", b.op("Abs", from), b.op("Abs", to));
    Value strange = b.op("And", b.op("IsNaN", sum), b.op("Not", bothInfinite));
    return b.where(strange, b.scalarLike(from, Double.NaN), same);
  }
}
