// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Elementwise arithmetic of two or more tensors that broadcast; division has its own file. */
final class ArithmeticLowerings {
  private ArithmeticLowerings() {}

  static void addTo(LoweringTable table) {
    two(table, "Add", Compute.NUMBERS, OnnxBuilder::add);
    two(table, "AddV2", Compute.NUMBERS, OnnxBuilder::add);
    two(table, "Sub", Compute.NUMBERS, OnnxBuilder::sub);
    two(table, "Mul", Compute.NUMBERS, OnnxBuilder::mul);
    two(table, "Maximum", Compute.EXTREMA, ArithmeticLowerings::max);
    two(table, "Minimum", Compute.EXTREMA, ArithmeticLowerings::min);
    two(table, "Pow", Compute.SUMS, (b, x, y) -> b.op("Pow", x, y));
    two(table, "SquaredDifference", Compute.NUMBERS, ArithmeticLowerings::squaredDifference);
    two(table, "MulNoNan", Compute.FLOATS, (b, x, y) -> unlessZero(b, y, b.mul(x, y)));
    two(table, "Xdivy", Compute.FLOATS, (b, x, y) -> unlessZero(b, x, b.div(x, y)));
    two(table, "Xlogy", Compute.FLOATS, (b, x, y) -> unlessZero(b, x, b.mul(x, b.op("Log", y))));
    two(
        table,
        "Xlog1py",
        Compute.FLOATS,
        (b, x, y) -> unlessZero(b, x, b.mul(x, SpecialLowerings.log1p(b, y))));
    two(table, "Atan2", Compute.SINGLE, Atan2::of);
    // Inputs: the function's value y and the incoming gradient.
    two(table, "SigmoidGrad", Compute.FLOATS, ArithmeticLowerings::sigmoidGrad);
    two(table, "TanhGrad", Compute.FLOATS, ArithmeticLowerings::tanhGrad);
    two(table, "ReluGrad", Compute.SUMS, ArithmeticLowerings::reluGrad);
    table.one("AddN", ArithmeticLowerings::addAll);
    table.one("AccumulateNV2", ArithmeticLowerings::addAll);
    table.one("ClipByValue", ArithmeticLowerings::clip);
    table.one("Cross", ArithmeticLowerings::cross);
  }

  static void two(LoweringTable table, String op, Set<DType> kernels, Compute.Formula2 formula) {
    table.one(op, (node, build) -> Compute.two(node, build, kernels, formula));
  }

  static Value max(OnnxBuilder b, Value x, Value y) {
    return isLong(b, x, y) ? b.where(b.op("Less", x, y), y, x) : b.op("Max", x, y);
  }

  static Value min(OnnxBuilder b, Value x, Value y) {
    return isLong(b, x, y) ? b.where(b.op("Less", y, x), y, x) : b.op("Min", x, y);
  }

  /**
   * 64-bit integers that are no extents. Where their upper halves are equal, Max and Min of ONNX
   * Runtime compare the lower ones as if these had a sign: of 5 and 3000000000 they take 5 for the
   * greater. Its comparisons are right.
   */
  private static boolean isLong(OnnxBuilder b, Value x, Value y) {
    return x.dtype() == DType.I64 && !(isOfExtents(b, x) && isOfExtents(b, y));
  }

  private static boolean isOfExtents(OnnxBuilder b, Value v) {
    return b.values(v).filter(dims -> dims.stream().noneMatch(Dim::isUnknown)).isPresent();
  }

  private static Value squaredDifference(OnnxBuilder b, Value x, Value y) {
    Value d = b.sub(x, y);
    return b.mul(d, d);
  }

  private static Value sigmoidGrad(OnnxBuilder b, Value y, Value gradient) {
    return b.mul(gradient, b.mul(y, b.sub(b.scalarLike(y, 1), y)));
  }

  private static Value tanhGrad(OnnxBuilder b, Value y, Value gradient) {
    return b.mul(gradient, b.sub(b.scalarLike(y, 1), b.mul(y, y)));
  }

  private static Value reluGrad(OnnxBuilder b, Value gradient, Value x) {
    Value zero = b.scalarLike(x, 0);
    return b.where(b.op("Greater", x, zero), gradient, zero);
  }

  /** {@code result}, but 0 where {@code test} is 0. */
  static Value unlessZero(OnnxBuilder b, Value test, Value result) {
    Value zero = b.scalarLike(result, 0);
    return b.where(b.op("Equal", test, b.scalarLike(test, 0)), zero, result);
  }

  private static Value addAll(TfNode node, OnnxBuilder build) {
    return Compute.all(node, build, Compute.NUMBERS, node.inputs(), OnnxBuilder::add);
  }

  /** With crossed bounds the lower one wins. */
  private static Value clip(TfNode node, OnnxBuilder build) {
    Value low = node.input(1);
    Value high = node.input(2);
    if (node.input(0).dtype() == DType.F32 && isOrdered(low, high)) {
      return build.op("Clip", node.input(0), low, high);
    }
    Value upper =
        Compute.two(node, build, Compute.EXTREMA, node.input(0), high, ArithmeticLowerings::min);
    return Compute.two(node, build, Compute.EXTREMA, upper, low, ArithmeticLowerings::max);
  }

  private static boolean isOrdered(Value low, Value high) {
    return low.constant().isPresent()
        && high.constant().isPresent()
        && isScalar(low.constant().get())
        && isScalar(high.constant().get())
        && low.constant().get().doubles()[0] <= high.constant().get().doubles()[0];
  }

  private static boolean isScalar(TensorData t) {
    return t.rank() == 0;
  }

  /** The last axis holds the three components. */
  private static Value cross(TfNode node, OnnxBuilder build) {
    return Compute.two(
        node,
        build,
        Compute.NUMBERS,
        (b, x, y) ->
            b.sub(
                b.mul(component(b, x, 1, 2, 0), component(b, y, 2, 0, 1)),
                b.mul(component(b, x, 2, 0, 1), component(b, y, 1, 2, 0))));
  }

  private static Value component(OnnxBuilder b, Value x, long... order) {
    return GatherLowerings.gather(b, x, b.ints(order), -1);
  }
}
