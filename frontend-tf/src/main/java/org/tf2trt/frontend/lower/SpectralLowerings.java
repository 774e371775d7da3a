// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Singular values and the eigenvalues of symmetric matrices. Vectors are determined up to their
 * sign, which need not be the one that TensorFlow takes.
 */
final class SpectralLowerings {
  private static final int MOST_COLUMNS = 12;

  private SpectralLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("Svd", SpectralLowerings::singular);
    table.add("SelfAdjointEigV2", SpectralLowerings::eigen);
  }

  /** Outputs: singular values, left and right vectors. */
  private static List<Value> singular(TfNode node, OnnxBuilder b) {
    Value a = Matrices.operand(node, b, 0);
    int m = Matrices.rows(node, a);
    int n = Matrices.columns(node, a);
    boolean wide = n > m;
    boolean vectors = node.flag("compute_uv") && (node.isUsed(1) || node.isUsed(2));
    if (vectors && node.flag("full_matrices") && m != n && node.isUsed(wide ? 2 : 1)) {
      throw node.refuse(
          "full_matrices asks for vectors that the matrix does not determine",
          "set full_matrices to false in the model");
    }
    JacobiRotations found =
        JacobiRotations.of(b, wide ? Matrices.transposed(b, a) : a, small(node, Math.min(m, n)));
    Value u = wide ? found.v() : found.u();
    Value v = wide ? found.u() : found.v();
    return List.of(
        b.cast(found.lengths(), node.outputType(0)),
        vectors ? b.cast(u, node.outputType(1)) : OnnxBuilder.absent(),
        vectors ? b.cast(v, node.outputType(2)) : OnnxBuilder.absent());
  }

  /**
   * Outputs: eigenvalues, smallest first, and their vectors. Only the lower triangle is read. With
   * a multiple of the identity added no eigenvalue is negative, and the vectors are those of the
   * singular values.
   */
  private static List<Value> eigen(TfNode node, OnnxBuilder b) {
    Value lower = Matrices.triangle(b, Matrices.operand(node, b, 0), false);
    int n = small(node, Matrices.rows(node, lower));
    Value identity = Matrices.identity(b, lower.dtype(), n);
    Value both = b.add(lower, Matrices.transposed(b, lower));
    Value a = b.sub(both, b.mul(lower, identity));
    Value shift = b.op("Sqrt", b.reduce("ReduceSum", b.mul(a, a), true, -1, -2));
    JacobiRotations found = JacobiRotations.of(b, b.add(a, b.mul(shift, identity)), n);
    long[] backwards = new long[n];
    java.util.Arrays.setAll(backwards, i -> (long) n - 1 - i);
    Value v = b.op("Gather", Map.of("axis", Attr.of(-1)), found.v(), b.ints(backwards));
    Value values = b.reduce("ReduceSum", b.mul(v, b.op("MatMul", a, v)), false, -2);
    return List.of(b.cast(values, node.outputType(0)), b.cast(v, node.outputType(1)));
  }

  private static int small(TfNode node, int n) {
    if (n > MOST_COLUMNS) {
      throw node.refuse(
          "%d columns; up to %d their rotations are written out".formatted(n, MOST_COLUMNS),
          "cut the graph before it (--outputs) and behind it (--inputs)");
    }
    return n;
  }
}
