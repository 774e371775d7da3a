// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Division and remainders. TensorFlow: Div of integers, TruncateDiv, Mod and TruncateMod truncate
 * as C does; FloorDiv and FloorMod round down (cwise_ops.h, functors floor_div and floor_fmod).
 * ONNX: Div of integers truncates, Mod has the divisor's sign, or with fmod the dividend's.
 */
final class DivisionLowerings {
  private static final Map<String, Attr> FMOD = Map.of("fmod", Attr.of(1));

  private DivisionLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op : new String[] {"RealDiv", "Div"}) {
      ArithmeticLowerings.two(table, op, Compute.NUMBERS, OnnxBuilder::div);
    }
    ArithmeticLowerings.two(table, "TruncateDiv", Compute.NUMBERS, DivisionLowerings::truncateDiv);
    ArithmeticLowerings.two(
        table,
        "DivNoNan",
        Compute.FLOATS,
        (b, x, y) -> ArithmeticLowerings.unlessZero(b, y, b.div(x, y)));
    for (String op : new String[] {"Mod", "TruncateMod"}) {
      ArithmeticLowerings.two(table, op, Compute.NUMBERS, DivisionLowerings::truncateMod);
    }
    ArithmeticLowerings.two(table, "FloorDiv", Compute.NUMBERS, DivisionLowerings::floorDiv);
    ArithmeticLowerings.two(table, "FloorMod", Compute.NUMBERS, DivisionLowerings::floorMod);
  }

  private static Value truncateDiv(OnnxBuilder b, Value x, Value y) {
    Value quotient = b.div(x, y);
    if (!x.dtype().isFloat()) {
      return quotient;
    }
    Value isNegative = b.op("Less", quotient, b.scalarLike(x, 0));
    return b.where(isNegative, b.op("Ceil", quotient), b.op("Floor", quotient));
  }

  static Value floorDiv(OnnxBuilder b, Value x, Value y) {
    if (x.dtype().isFloat()) {
      return b.op("Floor", b.div(x, y));
    }
    Value quotient = b.div(x, y);
    if (x.dtype().isUnsigned() || isNeverNegative(b, x) && isNeverNegative(b, y)) {
      return quotient;
    }
    Value zero = b.scalarLike(x, 0);
    Value inexact = b.op("Not", b.op("Equal", b.op("Mod", x, y), zero));
    Value opposite = b.op("Xor", b.op("Less", x, zero), b.op("Less", y, zero));
    return b.sub(quotient, b.cast(b.op("And", inexact, opposite), x.dtype()));
  }

  /** True for shape arithmetic, where one Div keeps symbolic shapes readable. */
  private static boolean isNeverNegative(OnnxBuilder b, Value v) {
    return b.values(v).filter(dims -> dims.stream().allMatch(d -> d.isAtLeast(0))).isPresent();
  }

  /** ONNX Runtime takes remainders with fmod in doubles, which do not hold all 64 bits. */
  static Value truncateMod(OnnxBuilder b, Value x, Value y) {
    return x.dtype() == DType.I64 || x.dtype() == DType.U64
        ? b.sub(x, b.mul(b.div(x, y), y))
        : b.op("Mod", FMOD, x, y);
  }

  static Value floorMod(OnnxBuilder b, Value x, Value y) {
    if (!x.dtype().isFloat()) {
      return b.op("Mod", x, y);
    }
    Value remainder = b.op("Mod", FMOD, x, y);
    Value zero = b.scalarLike(x, 0);
    Value inexact = b.op("Not", b.op("Equal", remainder, zero));
    Value opposite = b.op("Xor", b.op("Less", remainder, zero), b.op("Less", y, zero));
    return b.where(b.op("And", inexact, opposite), b.add(remainder, y), remainder);
  }

  /** Rounds down; {@code divisor} is positive and {@code x} a signed integer. */
  static Value floorDivByPositive(OnnxBuilder b, Value x, Value divisor) {
    return b.div(b.sub(x, b.op("Mod", x, divisor)), divisor);
  }
}
