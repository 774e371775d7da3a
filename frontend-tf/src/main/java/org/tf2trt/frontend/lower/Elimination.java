// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Gauss and Jordan with partial pivoting. Rows are not exchanged; each step marks its pivot row,
 * and the marks, [..., step, row], are the permutation.
 */
final class Elimination {
  private final OnnxBuilder b;
  private final int n;
  private Value matrix;
  private Value right;
  private final List<Value> marks = new ArrayList<>();
  private final List<Value> pivots = new ArrayList<>();
  private final List<Value> factors = new ArrayList<>();
  private final List<Value> pivotRows = new ArrayList<>();
  private final List<Value> positions = new ArrayList<>();

  /** {@code right} is absent or has as many rows as the matrix, which is n by n. */
  Elimination(OnnxBuilder b, Value matrix, Value right, int n, boolean aboveToo) {
    this.b = b;
    this.n = n;
    this.matrix = matrix;
    this.right = right;
    Value free = Matrices.rowMask(b, n, 0, n);
    for (int k = 0; k < n; k++) {
      free = step(k, free, aboveToo);
    }
  }

  private Value step(int k, Value free, boolean aboveToo) {
    Value zero = b.scalarLike(matrix, 0);
    Value column = Matrices.column(b, matrix, k);
    Value size = b.where(free, b.op("Abs", column), b.scalarLike(matrix, -1));
    Value at = b.op("ArgMax", Map.of("axis", Attr.of(-2), "keepdims", Attr.of(1L)), size);
    long[] numbers = new long[n];
    java.util.Arrays.setAll(numbers, i -> i);
    Value mark = b.op("Equal", b.unsqueeze(b.ints(numbers), 1), at);
    Value row = Matrices.sumOfRows(b, b.where(mark, matrix, zero));
    Value pivot = Matrices.column(b, row, k);
    Value left = b.op("And", free, b.op("Not", mark));
    Value reached = aboveToo ? b.op("Not", mark) : left;
    Value isZero = b.op("Equal", pivot, zero);
    // Without right-hand sides a singular matrix still has a determinant.
    Value divisor = right.isPresent() ? pivot : b.where(isZero, b.scalarLike(pivot, 1), pivot);
    Value factor = b.where(reached, b.div(column, divisor), zero);
    matrix = b.sub(matrix, b.mul(factor, row));
    if (right.isPresent()) {
      Value ownRight = Matrices.sumOfRows(b, b.where(mark, right, zero));
      right = b.sub(right, b.mul(factor, ownRight));
      right = b.where(mark, b.div(right, pivot), right);
      matrix = b.where(mark, b.div(matrix, pivot), matrix);
    }
    marks.add(mark);
    pivots.add(pivot);
    factors.add(factor);
    pivotRows.add(row);
    positions.add(at);
    return left;
  }

  /** [..., n, n]: 1 where a step took a row. */
  Value permutation() {
    List<Value> columns = new ArrayList<>();
    marks.forEach(m -> columns.add(b.cast(m, matrix.dtype())));
    return Matrices.transposed(b, Matrices.concatColumns(b, columns));
  }

  /** The right-hand sides solved for. */
  Value solution() {
    return b.op("MatMul", permutation(), right);
  }

  /** [..., 1, n]. */
  Value pivots() {
    return Matrices.concatColumns(b, pivots);
  }

  /** i64 [..., n]: the rows in the order in which they were taken. */
  Value order() {
    return b.squeeze(Matrices.concatRows(b, positions), -1);
  }

  /** [...]: 1 or -1, by the inversions of the permutation. */
  Value sign() {
    Value order = order();
    Value later = b.op("Greater", b.unsqueeze(order, -1), b.unsqueeze(order, -2));
    Value counted = Matrices.triangle(b, b.cast(later, DType.I64), true);
    Value inversions = b.reduce("ReduceSum", counted, false, -1, -2);
    Value odd = b.cast(b.op("Mod", inversions, b.scalar(DType.I64, 2)), matrix.dtype());
    return b.sub(b.scalarLike(odd, 1), b.add(odd, odd));
  }

  /** L below the diagonal, whose ones are left out, and U; rows in the order they were taken. */
  Value packed() {
    Value lower = b.op("MatMul", permutation(), Matrices.concatColumns(b, factors));
    Value upper = Matrices.triangle(b, Matrices.concatRows(b, pivotRows), true);
    return b.add(lower, upper);
  }
}
