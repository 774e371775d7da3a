// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Elementwise functions of one tensor that ONNX has, or that take a few ops. */
final class UnaryLowerings {
  private UnaryLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op : List.of("Floor", "Ceil", "Sqrt", "Exp", "Log", "Sin", "Cos", "Sigmoid")) {
      direct(table, op, op, Compute.FLOATS);
    }
    direct(table, "Tanh", "Tanh", Compute.FLOATS);
    for (String op :
        List.of(
            "Asin",
            "Acos",
            "Atan",
            "Sinh",
            "Cosh",
            "Asinh",
            "Acosh",
            "Atanh",
            "Erf",
            "Softplus",
            "Softsign")) {
      direct(table, op, op, Compute.SINGLE);
    }
    for (String op : List.of("Abs", "Neg")) {
      direct(table, op, op, Compute.NUMBERS);
    }
    addComposed(table);
    addTests(table);
    table.one("OnesLike", (node, build) -> fillLike(node, build, 1));
    table.one("ZerosLike", (node, build) -> fillLike(node, build, 0));
  }

  private static void addComposed(LoweringTable table) {
    compose(table, "Square", Compute.NUMBERS, (b, x) -> b.mul(x, x));
    compose(table, "Rsqrt", Compute.FLOATS, (b, x) -> b.op("Reciprocal", b.op("Sqrt", x)));
    compose(table, "Reciprocal", Compute.NUMBERS, UnaryLowerings::reciprocal);
    compose(table, "Inv", Compute.NUMBERS, UnaryLowerings::reciprocal);
    compose(table, "Rint", Compute.FLOATS, (b, x) -> b.op("Round", x));
    compose(table, "Tan", Compute.FLOATS, UnaryLowerings::tan);
    compose(table, "Sign", Compute.NUMBERS, UnaryLowerings::sign);
    table.one("Round", UnaryLowerings::round);
  }

  private static void addTests(LoweringTable table) {
    table.one("LogicalNot", (node, build) -> build.op("Not", node.input(0)));
    compose(table, "IsNan", Compute.FLOATS, (b, x) -> b.op("IsNaN", x));
    compose(
        table,
        "IsInf",
        Compute.FLOATS,
        (b, x) -> b.op("Equal", b.op("Abs", x), b.scalarLike(x, Double.POSITIVE_INFINITY)));
    // A comparison with NaN is false, so one test tells both kinds apart from the finite.
    compose(
        table,
        "IsFinite",
        Compute.FLOATS,
        (b, x) -> b.op("Less", b.op("Abs", x), b.scalarLike(x, Double.POSITIVE_INFINITY)));
  }

  private static void direct(LoweringTable table, String op, String onnx, Set<DType> kernels) {
    compose(table, op, kernels, (b, x) -> b.op(onnx, x));
  }

  private static void compose(
      LoweringTable table, String op, Set<DType> kernels, Compute.Formula formula) {
    table.one(op, (node, build) -> Compute.one(node, build, kernels, formula));
  }

  private static Value reciprocal(OnnxBuilder b, Value x) {
    return x.dtype().isFloat() ? b.op("Reciprocal", x) : b.div(b.scalarLike(x, 1), x);
  }

  private static Value tan(OnnxBuilder b, Value x) {
    return x.dtype() == DType.F64 ? b.div(b.op("Sin", x), b.op("Cos", x)) : b.op("Tan", x);
  }

  /** sign(NaN) is NaN in TensorFlow; ONNX leaves it open and ONNX Runtime gives 0. */
  private static Value sign(OnnxBuilder b, Value x) {
    if (x.dtype() == DType.I64) { // as ArithmeticLowerings has it of Max
      Value zero = b.scalarLike(x, 0);
      Value negative = b.cast(b.op("Less", x, zero), DType.I64);
      return b.sub(b.cast(b.op("Less", zero, x), DType.I64), negative);
    }
    Value sign = b.op("Sign", x);
    return x.dtype().isFloat() ? b.where(b.op("IsNaN", x), x, sign) : sign;
  }

  /** Rounds halves to even; integers are what they are, whatever TensorFlow's CPU kernel says. */
  private static Value round(TfNode node, OnnxBuilder build) {
    if (node.input(0).dtype().isInteger()) {
      return node.input(0);
    }
    return Compute.one(node, build, Compute.FLOATS, (b, x) -> b.op("Round", x));
  }

  private static Value fillLike(TfNode node, OnnxBuilder build, double value) {
    Value x = node.input(0);
    DType dtype = Compute.type(node, x.dtype(), Filled.TYPES);
    return Filled.of(build, TensorData.scalar(dtype, value), build.shapeOf(x));
  }
}
