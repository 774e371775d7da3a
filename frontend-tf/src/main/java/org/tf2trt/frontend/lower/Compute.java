// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Computes in a type that runtimes have kernels for and gives the result in TensorFlow's type. The
 * ONNX specification allows more types than ONNX Runtime and TensorRT implement. Integers go to a
 * wider type, where sums and products agree in the low bits, bfloat16 and half go to single, as
 * TensorFlow's own kernels do. Double goes to single where no kernel takes doubles.
 */
final class Compute {
  /** Kernels of rarer functions, such as Tan and Erf. */
  static final Set<DType> SINGLE = set(DType.F32, DType.F16);

  /** What series are summed in: half has too few digits for them. */
  static final Set<DType> DOUBLES = set(DType.F32, DType.F64);

  static final Set<DType> FLOATS = set(DType.F32, DType.F64, DType.F16);

  /** Kernels of Add, Mul, Less, ... */
  static final Set<DType> NUMBERS =
      set(
          DType.F32, DType.F64, DType.F16, DType.I8, DType.I16, DType.I32, DType.I64, DType.U8,
          DType.U16, DType.U32, DType.U64);

  static final Set<DType> NUMBERS_AND_BOOL = with(NUMBERS, DType.BOOL);

  /** Kernels of Max and Min. */
  static final Set<DType> EXTREMA =
      set(
          DType.F32, DType.F64, DType.F16, DType.I8, DType.I32, DType.I64, DType.U8, DType.U32,
          DType.U64);

  /** Kernels of ReduceSum, ReduceProd, CumSum and Pow. */
  static final Set<DType> SUMS = set(DType.F32, DType.F64, DType.F16, DType.I32, DType.I64);

  /** Kernels of ReduceMax, ReduceMin and ArgMax. */
  static final Set<DType> REDUCED_EXTREMA = with(SUMS, DType.I8, DType.U8);

  private Compute() {}

  /** A computation of one value. */
  @FunctionalInterface
  interface Formula {
    Value of(OnnxBuilder build, Value x);
  }

  /** A computation of two values of one type. */
  @FunctionalInterface
  interface Formula2 {
    Value of(OnnxBuilder build, Value x, Value y);
  }

  /** {@code formula} of input 0, computed in a type of {@code kernels}. */
  static Value one(TfNode node, OnnxBuilder build, Set<DType> kernels, Formula formula) {
    return one(node, build, kernels, node.input(0), formula);
  }

  static Value one(TfNode node, OnnxBuilder build, Set<DType> kernels, Value x, Formula formula) {
    DType wide = type(node, x.dtype(), kernels);
    return back(build, formula.of(build, build.cast(x, wide)), wide, x.dtype());
  }

  /** {@code formula} of inputs 0 and 1, computed in a type of {@code kernels}. */
  static Value two(TfNode node, OnnxBuilder build, Set<DType> kernels, Formula2 formula) {
    return two(node, build, kernels, node.input(0), node.input(1), formula);
  }

  static Value two(
      TfNode node, OnnxBuilder build, Set<DType> kernels, Value x, Value y, Formula2 formula) {
    DType wide = type(node, x.dtype(), kernels);
    Value result = formula.of(build, build.cast(x, wide), build.cast(y, wide));
    return back(build, result, wide, x.dtype());
  }

  /** Combines several values from the left. */
  static Value all(
      TfNode node, OnnxBuilder build, Set<DType> kernels, List<Value> values, Formula2 formula) {
    DType wide = type(node, values.get(0).dtype(), kernels);
    Value sum = build.cast(values.get(0), wide);
    for (Value v : values.subList(1, values.size())) {
      sum = formula.of(build, sum, build.cast(v, wide));
    }
    return back(build, sum, wide, values.get(0).dtype());
  }

  /** The type to compute in; refuses types that no kernel stands for. */
  static DType type(TfNode node, DType dtype, Set<DType> kernels) {
    if (kernels.contains(dtype)) {
      return dtype;
    }
    for (DType wide : wider(dtype)) {
      if (kernels.contains(wide)) {
        return wide;
      }
    }
    throw DiagnosticException.of(
        Code.UNSUPPORTED_DTYPE,
        "'" + node.name() + "' (" + node.op() + ")",
        "this op has no form in ONNX for " + dtype.text(),
        "cut the graph before (--outputs) or behind (--inputs) it");
  }

  private static List<DType> wider(DType dtype) {
    return switch (dtype) {
      case BOOL, I8, U8 -> List.of(DType.I32, DType.F32);
      case I16, U16 -> List.of(DType.I32, DType.F32);
      case I32, U32 -> List.of(DType.I64, DType.F64);
      case U64 -> List.of(DType.I64);
      case F16, BF16 -> List.of(DType.F32);
      case F64 -> List.of(DType.F32);
      default -> List.of();
    };
  }

  private static Value back(OnnxBuilder build, Value result, DType wide, DType original) {
    return result.dtype() == wide ? build.cast(result, original) : result;
  }

  private static Set<DType> set(DType first, DType... rest) {
    return Collections.unmodifiableSet(EnumSet.of(first, rest));
  }

  private static Set<DType> with(Set<DType> base, DType... more) {
    EnumSet<DType> all = EnumSet.copyOf(base);
    all.addAll(List.of(more));
    return Collections.unmodifiableSet(all);
  }
}
