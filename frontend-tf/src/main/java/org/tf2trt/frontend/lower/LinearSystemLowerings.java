// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Inverses, solutions, determinants and the LU factorisation of small matrices. */
final class LinearSystemLowerings {
  private LinearSystemLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("MatrixInverse", LinearSystemLowerings::inverse);
    table.one("MatrixSolve", LinearSystemLowerings::solve);
    table.one("MatrixDeterminant", LinearSystemLowerings::determinant);
    table.add("LogMatrixDeterminant", LinearSystemLowerings::logDeterminant);
    table.add("Lu", LinearSystemLowerings::factorise);
  }

  private static Value matrix(TfNode node, OnnxBuilder b) {
    Value a = Matrices.operand(node, b, 0);
    int rows = Matrices.rows(node, a);
    if (rows != Matrices.columns(node, a)) {
      throw node.refuse("the matrix " + a.type() + " is not square", "fix the model");
    }
    return node.has("adjoint") && node.flag("adjoint") ? Matrices.transposed(b, a) : a;
  }

  private static Value inverse(TfNode node, OnnxBuilder b) {
    Value a = matrix(node, b);
    int n = Matrices.rows(node, a);
    Value identity = Matrices.identity(b, a.dtype(), n);
    Value right = b.op("Expand", identity, b.shapeOf(a));
    return b.cast(new Elimination(b, a, right, n, true).solution(), node.outputType(0));
  }

  private static Value solve(TfNode node, OnnxBuilder b) {
    Value a = matrix(node, b);
    int n = Matrices.rows(node, a);
    Value right = Matrices.operand(node, b, 1);
    return b.cast(new Elimination(b, a, right, n, true).solution(), node.outputType(0));
  }

  private static Elimination eliminated(TfNode node, OnnxBuilder b) {
    Value a = matrix(node, b);
    return new Elimination(b, a, OnnxBuilder.absent(), Matrices.rows(node, a), false);
  }

  private static Value determinant(TfNode node, OnnxBuilder b) {
    Elimination done = eliminated(node, b);
    Value product = b.reduce("ReduceProd", done.pivots(), false, -1, -2);
    return b.cast(b.mul(product, done.sign()), node.outputType(0));
  }

  /** Outputs: the sign, and the logarithm of the magnitude. */
  private static List<Value> logDeterminant(TfNode node, OnnxBuilder b) {
    Elimination done = eliminated(node, b);
    Value pivots = done.pivots();
    Value signs = b.reduce("ReduceProd", b.op("Sign", pivots), false, -1, -2);
    Value logs = b.op("Log", b.op("Abs", pivots));
    return List.of(
        b.cast(b.mul(signs, done.sign()), node.outputType(0)),
        b.cast(b.reduce("ReduceSum", logs, false, -1, -2), node.outputType(1)));
  }

  /** Outputs: both factors in one matrix, and the row that each step took. */
  private static List<Value> factorise(TfNode node, OnnxBuilder b) {
    Elimination done = eliminated(node, b);
    return List.of(
        b.cast(done.packed(), node.outputType(0)), b.cast(done.order(), node.outputType(1)));
  }
}
