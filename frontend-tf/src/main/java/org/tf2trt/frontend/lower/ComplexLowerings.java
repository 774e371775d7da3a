// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Complex numbers, which neither ONNX Runtime nor TensorRT computes with, as pairs of real tensors.
 * What moves elements or is linear with real factors applies to each part.
 */
final class ComplexLowerings {
  private static final List<String> EACH_PART =
      List.of(
          "Identity",
          "IdentityN",
          "StopGradient",
          "PreventGradient",
          "Snapshot",
          "EnsureShape",
          "CheckNumerics",
          "Reshape",
          "Transpose",
          "Squeeze",
          "ExpandDims",
          "Slice",
          "StridedSlice",
          "Concat",
          "ConcatV2",
          "Pack",
          "Unpack",
          "Split",
          "SplitV",
          "Gather",
          "GatherV2",
          "GatherNd",
          "Tile",
          "Pad",
          "PadV2",
          "MirrorPad",
          "Reverse",
          "ReverseV2",
          "Roll",
          "Add",
          "AddV2",
          "AddN",
          "Sub",
          "Neg",
          "Sum",
          "Mean",
          "Cumsum",
          "BroadcastTo",
          "Fill",
          "ZerosLike",
          "Select",
          "SelectV2",
          "MatrixDiag",
          "MatrixDiagV3",
          "MatrixDiagPart",
          "MatrixDiagPartV3",
          "MatrixBandPart",
          "Diag",
          "DiagPart");

  private static final List<String> ABOUT_SHAPE = List.of("Shape", "ShapeN", "Size", "Rank");

  /** A function of one complex tensor. */
  @FunctionalInterface
  private interface Formula {
    Pair of(OnnxBuilder build, Pair z);
  }

  /** A function of two complex tensors that broadcast. */
  @FunctionalInterface
  private interface Formula2 {
    Pair of(OnnxBuilder build, Pair x, Pair y);
  }

  private ComplexLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op : EACH_PART) {
      Lowering plain = table.get(op).orElseThrow();
      table.complex(op, (node, in, b) -> eachPart(node, in, b, plain));
    }
    for (String op : ABOUT_SHAPE) {
      Lowering plain = table.get(op).orElseThrow();
      table.complex(op, (node, in, b) -> reals(plain.lower(node.withInputs(parts(in, false)), b)));
    }
    addParts(table);
    addArithmetic(table);
  }

  private static void addParts(LoweringTable table) {
    table.complex("Complex", (node, in, b) -> List.of(Pair.of(b, in.get(0).re(), in.get(1).re())));
    unary(table, "Real", (b, z) -> real(z.re()));
    unary(table, "Imag", (b, z) -> real(z.im()));
    unary(table, "Conj", (b, z) -> z.conjugate(b));
    unary(table, "ComplexAbs", (b, z) -> real(z.magnitude(b)));
    unary(table, "Angle", (b, z) -> real(angle(b, z)));
    table.complex("Cast", ComplexLowerings::cast);
    Lowering transpose = table.get("Transpose").orElseThrow();
    table.complex(
        "ConjugateTranspose",
        (node, in, b) -> List.of(eachPart(node, in, b, transpose).get(0).conjugate(b)));
  }

  private static void addArithmetic(LoweringTable table) {
    binary(table, "Mul", (b, x, y) -> x.times(b, y));
    binary(table, "RealDiv", (b, x, y) -> x.over(b, y));
    binary(table, "Div", (b, x, y) -> x.over(b, y));
    binary(table, "SquaredDifference", (b, x, y) -> squaredDifference(b, x, y));
    binary(table, "Equal", (b, x, y) -> real(equal(b, x, y)));
    binary(table, "NotEqual", (b, x, y) -> real(b.op("Not", equal(b, x, y))));
    unary(table, "Square", (b, z) -> z.times(b, z));
    unary(table, "Reciprocal", ComplexLowerings::reciprocal);
    unary(table, "Inv", ComplexLowerings::reciprocal);
    unary(table, "Exp", ComplexLowerings::exp);
    unary(table, "Log", (b, z) -> new Pair(b.op("Log", z.magnitude(b)), angle(b, z)));
    for (String op : List.of("MatMul", "BatchMatMul", "BatchMatMulV2")) {
      Lowering plain = table.get(op).orElseThrow();
      table.complex(op, (node, in, b) -> List.of(product(node, in, b, plain)));
    }
  }

  private static void unary(LoweringTable table, String op, Formula formula) {
    table.complex(op, (node, in, b) -> List.of(formula.of(b, in.get(0))));
  }

  private static void binary(LoweringTable table, String op, Formula2 formula) {
    table.complex(op, (node, in, b) -> List.of(formula.of(b, in.get(0), in.get(1))));
  }

  static Pair real(Value v) {
    return new Pair(v, OnnxBuilder.absent());
  }

  static List<Pair> reals(List<Value> values) {
    return values.stream().map(ComplexLowerings::real).toList();
  }

  /** The lowering for real numbers, once for each part; inputs that are real serve both. */
  private static List<Pair> eachPart(
      TfNode node, List<Pair> inputs, OnnxBuilder build, Lowering plain) {
    List<Value> re = plain.lower(node.withInputs(parts(inputs, false)), build);
    List<Value> im = plain.lower(node.withInputs(parts(inputs, true)), build);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < re.size(); i++) {
      pairs.add(new Pair(re.get(i), im.get(i)));
    }
    return pairs;
  }

  private static List<Value> parts(List<Pair> inputs, boolean imaginary) {
    return inputs.stream().map(p -> imaginary && p.im().isPresent() ? p.im() : p.re()).toList();
  }

  /** From real to complex the imaginary part is 0; from complex to real it is dropped. */
  private static List<Pair> cast(TfNode node, List<Pair> inputs, OnnxBuilder b) {
    Pair z = inputs.get(0);
    DType to = node.outputType(0);
    Value re = CastLowerings.plain(b, z.re(), to);
    if (!node.isComplex(0)) {
      return List.of(real(re));
    }
    return List.of(z.im().isPresent() ? new Pair(re, b.cast(z.im(), to)) : Pair.real(b, re));
  }

  private static Value angle(OnnxBuilder b, Pair z) {
    return Atan2.of(b, z.im(), z.re());
  }

  private static Pair reciprocal(OnnxBuilder b, Pair z) {
    Value squared = z.squaredMagnitude(b);
    return new Pair(b.div(z.re(), squared), b.div(b.op("Neg", z.im()), squared));
  }

  private static Pair exp(OnnxBuilder b, Pair z) {
    Value length = b.op("Exp", z.re());
    return new Pair(b.mul(length, b.op("Cos", z.im())), b.mul(length, b.op("Sin", z.im())));
  }

  /** conj(x - y) * (x - y), which is real. */
  private static Pair squaredDifference(OnnxBuilder b, Pair x, Pair y) {
    return Pair.real(b, x.minus(b, y).squaredMagnitude(b));
  }

  private static Value equal(OnnxBuilder b, Pair x, Pair y) {
    return b.op("And", b.op("Equal", x.re(), y.re()), b.op("Equal", x.im(), y.im()));
  }

  /** An adjoint operand is the conjugate too; a transposed one is not. */
  private static Pair product(TfNode node, List<Pair> in, OnnxBuilder b, Lowering plain) {
    Pair x = adjoint(node, "adj_x").orElse(false) ? in.get(0).conjugate(b) : in.get(0);
    Pair y = adjoint(node, "adj_y").orElse(false) ? in.get(1).conjugate(b) : in.get(1);
    Value rr = part(node, b, plain, x.re(), y.re());
    Value ii = part(node, b, plain, x.im(), y.im());
    Value ri = part(node, b, plain, x.re(), y.im());
    Value ir = part(node, b, plain, x.im(), y.re());
    return new Pair(b.sub(rr, ii), b.add(ri, ir));
  }

  private static Value part(TfNode node, OnnxBuilder b, Lowering plain, Value x, Value y) {
    return plain.lower(node.withInputs(List.of(x, y)), b).get(0);
  }

  private static Optional<Boolean> adjoint(TfNode node, String attr) {
    return node.has(attr) ? Optional.of(node.flag(attr)) : Optional.empty();
  }
}
