// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** QR by Householder's reflections, with the signs of Eigen's HouseholderQR. */
final class QrLowering {
  private QrLowering() {}

  static void addTo(LoweringTable table) {
    table.add("Qr", QrLowering::lower);
  }

  private static List<Value> lower(TfNode node, OnnxBuilder b) {
    Value r = Matrices.operand(node, b, 0);
    int m = Matrices.rows(node, r);
    int n = Matrices.columns(node, r);
    Value q = Matrices.identity(b, r.dtype(), m);
    for (int k = 0; k < Math.min(m - 1, n); k++) {
      Value column = Matrices.column(b, r, k);
      Value zero = b.scalarLike(r, 0);
      Value tail = b.where(Matrices.rowMask(b, m, k + 1, m), column, zero);
      Value rest = Matrices.sumOfRows(b, b.mul(tail, tail));
      Value head = Matrices.row(b, column, k);
      Value norm = b.op("Sqrt", b.add(b.mul(head, head), rest));
      Value positive = b.op("GreaterOrEqual", head, zero);
      Value beta = b.where(positive, b.op("Neg", norm), norm);
      Value done = b.op("Equal", rest, zero);
      Value one = b.scalarLike(r, 1);
      Value scale = b.where(done, one, b.sub(head, beta));
      Value unit = b.cast(Matrices.rowMask(b, m, k, k + 1), r.dtype());
      Value v = b.add(b.div(tail, scale), unit);
      Value safe = b.where(done, one, beta);
      Value tau = b.where(done, zero, b.div(b.sub(beta, head), safe));
      Value transposed = Matrices.transposed(b, v);
      r = b.sub(r, b.mul(b.mul(v, tau), b.op("MatMul", transposed, r)));
      q = b.sub(q, b.mul(b.op("MatMul", q, v), b.mul(transposed, tau)));
    }
    r = Matrices.triangle(b, r, true);
    if (!node.flag("full_matrices") && m > n) {
      q = SliceLowerings.slice(b, q, -1, 0, n);
      r = SliceLowerings.slice(b, r, -2, 0, n);
    }
    return List.of(b.cast(q, node.outputType(0)), b.cast(r, node.outputType(1)));
  }
}
