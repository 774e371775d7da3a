// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Ops whose meaning depends on the type that is carried. */
final class CarriedOps {
  private CarriedOps() {}

  /** Empty for ops that do the same on carried values. */
  static Optional<List<Value>> build(Node n, Signature types, List<Value> in, OnnxBuilder b) {
    return switch (n.op()) {
      case "onnx.Cast" -> one(cast(in.get(0), types.input(0), types.result(0), b));
      case "onnx.BitwiseNot" -> one(not(in.get(0), types.result(0), b));
      case "onnx.BitShift" -> one(shift(n, in, types.result(0), b));
      case "onnx.QuantizeLinear" -> one(QuantizeArithmetic.quantize(n, types.result(0), in, b));
      case "onnx.DequantizeLinear" -> one(QuantizeArithmetic.dequantize(n, in, b));
      case "onnx.MaxPool" ->
          types.input(0).isFloat() ? Optional.empty() : one(maxPool(n, in.get(0), b));
      case "onnx.MatMulInteger" -> one(integerMatMul(in, b));
      case "onnx.Less", "onnx.LessOrEqual", "onnx.Greater", "onnx.GreaterOrEqual" ->
          types.input(0) == DType.U64
              ? one(b.op(name(n), ordered(in.get(0), b), ordered(in.get(1), b)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<List<Value>> one(Value v) {
    return Optional.of(List.of(v));
  }

  /** A cast between what {@code from} and {@code to} are carried in, with C's meaning. */
  private static Value cast(Value v, DType from, DType to, OnnxBuilder b) {
    Value moved =
        from == DType.U64 && to.isFloat() ? unsigned(v, to, b) : b.cast(v, Carrier.of(to));
    boolean narrow = to.isInteger() && Carrier.isNeeded(to);
    boolean fits = from == DType.BOOL || from.isInteger() && holds(to, from);
    return narrow && !fits ? Carrier.wrap(b, moved, to) : moved;
  }

  private static boolean holds(DType wide, DType narrow) {
    int spare = wide.isSignedInteger() && narrow.isUnsigned() ? 1 : 0;
    return (wide.isSignedInteger() || narrow.isUnsigned())
        && 8 * wide.bytes() - spare >= 8 * narrow.bytes();
  }

  /** Bits of a u64 from 2^63 on are negative in i64. */
  private static Value unsigned(Value v, DType to, OnnxBuilder b) {
    Value f = b.cast(v, Carrier.of(to));
    return b.where(b.op("Less", v, b.scalarLike(v, 0)), b.add(f, b.scalarLike(f, 0x1p64)), f);
  }

  private static Value not(Value v, DType type, OnnxBuilder b) {
    double ones = type.isUnsigned() && type != DType.U64 ? Math.pow(2, 8 * type.bytes()) - 1 : -1;
    return b.sub(b.scalarLike(v, ones), v);
  }

  private static String name(Node n) {
    return n.op().substring("onnx.".length());
  }

  /** Bits of a u64 as an i64 that compares as the u64 does. */
  private static Value ordered(Value v, OnnxBuilder b) {
    return b.add(v, b.constant(TensorData.ofLongs(new long[0], Long.MIN_VALUE)));
  }

  /** Powers of two from a table: at most 2^31 for what is carried exactly. */
  private static Value shift(Node n, List<Value> in, DType type, OnnxBuilder b) {
    long[] powers = new long[8 * type.bytes()];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = 1L << i;
    }
    Value x = b.cast(in.get(0), DType.I64);
    Value factor = b.op("Gather", b.ints(powers), in.get(1));
    boolean left = n.stringAttr("direction", "").equals("LEFT");
    if (type == DType.U64 && !left) {
      return shiftRight(x, in.get(1), factor, b);
    }
    Value moved = left ? Carrier.wrap(b, b.mul(x, factor), type) : b.div(x, factor);
    return b.cast(moved, Carrier.of(type));
  }

  /** Half of the bits of a u64 is an i64 that is not negative. */
  private static Value shiftRight(Value x, Value by, Value factor, OnnxBuilder b) {
    Value zero = b.scalar(DType.I64, 0);
    Value two = b.scalar(DType.I64, 2);
    Value half = b.div(b.sub(x, b.op("Mod", x, two)), two);
    half = b.where(b.op("Less", x, zero), ordered(half, b), half);
    Value rest = b.op("Max", b.op("Abs", b.div(factor, two)), b.scalar(DType.I64, 1));
    return b.where(b.op("Equal", by, zero), x, b.div(half, rest));
  }

  /** Integers of up to 16 bits are exact in f32. */
  private static Value maxPool(Node n, Value v, OnnxBuilder b) {
    return b.cast(b.op("MaxPool", n.attrs(), b.cast(v, DType.F32)), v.dtype());
  }

  private static Value integerMatMul(List<Value> in, OnnxBuilder b) {
    Value left = in.size() > 2 && in.get(2).isPresent() ? b.sub(in.get(0), in.get(2)) : in.get(0);
    Value right = in.size() > 3 && in.get(3).isPresent() ? b.sub(in.get(1), in.get(3)) : in.get(1);
    return b.op("MatMul", left, right);
  }
}
