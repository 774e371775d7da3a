// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Cholesky's factorisation and triangular systems, step by step. */
final class TriangularLowerings {
  private TriangularLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Cholesky", TriangularLowerings::cholesky);
    table.one("MatrixTriangularSolve", TriangularLowerings::solve);
  }

  /** Only the lower triangle is read. Each column is subtracted, times itself, from the rest. */
  private static Value cholesky(TfNode node, OnnxBuilder b) {
    Value a = Matrices.operand(node, b, 0);
    int n = Matrices.rows(node, a);
    List<Value> columns = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      Value column = Matrices.column(b, a, k);
      Value below = b.where(Matrices.rowMask(b, n, k, n), column, b.scalarLike(a, 0));
      Value done = b.div(below, b.op("Sqrt", Matrices.row(b, column, k)));
      columns.add(done);
      a = b.sub(a, b.mul(done, Matrices.transposed(b, done)));
    }
    return b.cast(Matrices.concatColumns(b, columns), node.outputType(0));
  }

  /** Substitution from the first row down, or from the last row up. */
  private static Value solve(TfNode node, OnnxBuilder b) {
    Value a = Matrices.operand(node, b, 0);
    boolean lower = node.flag("lower");
    if (node.flag("adjoint")) {
      a = Matrices.transposed(b, a);
      lower = !lower;
    }
    int n = Matrices.rows(node, a);
    Value right = Matrices.operand(node, b, 1);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int k = lower ? i : n - 1 - i;
      Value column = Matrices.column(b, a, k);
      Value x = b.div(Matrices.row(b, right, k), Matrices.row(b, column, k));
      rows.add(x);
      right = b.sub(right, b.mul(column, x));
    }
    if (!lower) {
      Collections.reverse(rows);
    }
    return b.cast(Matrices.concatRows(b, rows), node.outputType(0));
  }
}
