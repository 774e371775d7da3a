// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.Set;

/** Ops whose integer results may leave the type of their inputs. */
final class Wrapping {
  static final Set<String> OPS =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div", // the least integer divided by -1
          "Neg",
          "Abs",
          "Pow",
          "Sum",
          "ReduceSum",
          "ReduceProd",
          "ReduceSumSquare",
          "ReduceL1",
          "CumSum",
          "MatMul",
          "Gemm",
          "Einsum");

  private Wrapping() {}
}
