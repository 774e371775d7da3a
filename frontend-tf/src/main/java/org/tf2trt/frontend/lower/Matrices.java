// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Matrices in the last two axes, of known small extents: ONNX has no factorisations, so that the
 * steps of an algorithm are written out.
 */
final class Matrices {
  /** An algorithm of n steps over matrices of n rows stays below a thousand nodes. */
  private static final long MOST_ROWS = 64;

  private Matrices() {}

  /** Input {@code i} in a type to compute in. */
  static Value operand(TfNode node, OnnxBuilder b, int i) {
    Value v = node.input(i);
    return b.cast(v, Compute.type(node, v.dtype(), Compute.DOUBLES));
  }

  static int rows(TfNode node, Value v) {
    return extent(node, v, 2);
  }

  static int columns(TfNode node, Value v) {
    return extent(node, v, 1);
  }

  private static int extent(TfNode node, Value v, int fromEnd) {
    int rank = v.shape().isRanked() ? v.shape().rank() : 0;
    Dim d = rank < 2 ? Dim.UNKNOWN : v.shape().dim(rank - fromEnd);
    if (!d.isKnown()) {
      throw node.refuse(
          "the extents of the matrix are not known, and the algorithm is written out step by step",
          "give the input shapes with --shape");
    }
    if (d.size() > MOST_ROWS) {
      throw node.refuse(
          "a matrix with an extent of %d; up to %d the algorithm is written out step by step"
              .formatted(d.size(), MOST_ROWS),
          "cut the graph before it (--outputs) and behind it (--inputs)");
    }
    return (int) d.size();
  }

  /** [..., n, 1]. */
  static Value column(OnnxBuilder b, Value v, int k) {
    return SliceLowerings.slice(b, v, -1, k, k + 1L);
  }

  /** [..., 1, n]. */
  static Value row(OnnxBuilder b, Value v, int k) {
    return SliceLowerings.slice(b, v, -2, k, k + 1L);
  }

  static Value transposed(OnnxBuilder b, Value v) {
    return b.transpose(v, Fourier.swapped(v.shape().rank()));
  }

  /** bool [n, 1]: which row numbers lie in a range. */
  static Value rowMask(OnnxBuilder b, int n, int from, int to) {
    long[] mask = new long[n];
    for (int i = from; i < to; i++) {
      mask[i] = 1;
    }
    return b.cast(b.constant(TensorData.ofLongs(new long[] {n, 1}, mask)), DType.BOOL);
  }

  /** [n, n] with ones on the diagonal. */
  static Value identity(OnnxBuilder b, DType dtype, int n) {
    return b.constant(FourierMatrix.of(dtype, n, n, (i, j) -> i == j ? 1 : 0));
  }

  static Value sumOfRows(OnnxBuilder b, Value v) {
    return b.reduce("ReduceSum", v, true, -2);
  }

  static Value concatColumns(OnnxBuilder b, List<Value> columns) {
    return b.concat(-1, columns.toArray(Value[]::new));
  }

  static Value concatRows(OnnxBuilder b, List<Value> rows) {
    return b.concat(-2, rows.toArray(Value[]::new));
  }

  /** With zeros below the diagonal, or above it. */
  static Value triangle(OnnxBuilder b, Value v, boolean upper) {
    return b.op("Trilu", Map.of("upper", Attr.of(upper ? 1L : 0L)), v);
  }
}
