// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Bitwise logic and shifts of integers. Shifts stop at the width less one (bitwise_ops.h). */
final class BitLowerings {
  private BitLowerings() {}

  static void addTo(LoweringTable table) {
    bitwise(table, "BitwiseAnd", OnnxBuilder::mul);
    bitwise(table, "BitwiseOr", ArithmeticLowerings::max);
    bitwise(table, "BitwiseXor", (b, x, y) -> b.op("Mod", b.add(x, y), b.ints(2)));
    table.one("Invert", BitLowerings::invert);
    table.one("PopulationCount", BitLowerings::populationCount);
    table.one("LeftShift", BitLowerings::leftShift);
    table.one("RightShift", BitLowerings::rightShift);
  }

  private static void bitwise(LoweringTable table, String op, Compute.Formula2 combine) {
    table.one(
        op,
        (node, build) -> {
          Value x = Bits.of(build, node.input(0));
          Value y = Bits.of(build, node.input(1));
          return Bits.toIntegers(build, combine.of(build, x, y), node.outputType(0));
        });
  }

  /** -1 - x, or the greatest unsigned integer less x. */
  private static Value invert(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Value ones =
        x.dtype().isUnsigned()
            ? build.constant(Extremes.of(x.dtype(), false))
            : build.scalarLike(x, -1);
    return build.sub(ones, x);
  }

  private static Value populationCount(TfNode node, OnnxBuilder build) {
    Value count = build.reduce("ReduceSum", Bits.of(build, node.input(0)), false, -1);
    return build.cast(count, DType.U8);
  }

  private static Value leftShift(TfNode node, OnnxBuilder b) {
    Value power = power(b, distance(node, b), width(node));
    return b.cast(b.mul(b.cast(node.input(0), DType.I64), power), node.outputType(0));
  }

  /** Arithmetic for signed integers. */
  private static Value rightShift(TfNode node, OnnxBuilder b) {
    Value x = node.input(0);
    Value distance = distance(node, b);
    if (x.dtype() == DType.U64) {
      return b.op(
          "BitShift", Map.of("direction", Attr.of("RIGHT")), x, b.cast(distance, DType.U64));
    }
    Value wide = b.cast(x, DType.I64);
    // 2^63 is no positive i64, so the way there is taken in two steps.
    Value first = b.div(distance, b.scalar(DType.I64, 2));
    Value half = DivisionLowerings.floorDivByPositive(b, wide, power(b, first, width(node)));
    Value rest = power(b, b.sub(distance, first), width(node));
    return b.cast(DivisionLowerings.floorDivByPositive(b, half, rest), x.dtype());
  }

  private static int width(TfNode node) {
    return 8 * node.input(0).dtype().bytes();
  }

  private static Value distance(TfNode node, OnnxBuilder b) {
    Value y = b.cast(node.input(1), DType.I64);
    Value zero = b.scalar(DType.I64, 0);
    Value last = b.scalar(DType.I64, width(node) - 1.0);
    return ArithmeticLowerings.min(b, ArithmeticLowerings.max(b, y, zero), last);
  }

  private static Value power(OnnxBuilder b, Value exponent, int width) {
    return GatherLowerings.gather(b, b.ints(Bits.powers(width)), exponent, 0);
  }
}
