// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;

/** Products of matrices, and attention, which is two of them. */
final class MatMulShapes {
  private MatMulShapes() {}

  static void register(ShapeFunctions.Table t) {
    t.add(MatMulShapes::matMul, "MatMul");
    t.add(
        c -> ElementwiseShapes.typed(DType.I32, product(c.shape(0), c.shape(1))), "MatMulInteger");
    t.add(c -> c.like(7, product(c.shape(0), c.shape(3))), "QLinearMatMul");
    t.add(MatMulShapes::gemm, "Gemm");
    t.add(EinsumShape::infer, "Einsum");
    t.add(MatMulShapes::determinant, "Det");
    t.add(MatMulShapes::attention, "Attention");
  }

  private static List<TensorType> matMul(OpCall c) {
    ElementwiseShapes.checkDType(c, 0, 1);
    return c.like(0, product(c.shape(0), c.shape(1)));
  }

  /** The result and, where they are asked for, the keys and values of the cache and the scores. */
  private static List<TensorType> attention(OpCall c) {
    Shape q = c.shape(0);
    Shape v = c.shape(2);
    Shape y = Shape.UNRANKED;
    if (q.hasRank(4)) {
      y = Shape.of(q.dim(0), q.dim(1), q.dim(2), c.dim(2, 3));
    } else if (q.hasRank(3) && v.hasRank(3)) {
      Dim size = v.dim(2).floorDiv(c.intAttr("kv_num_heads", 1));
      y = Shape.of(q.dim(0), q.dim(1), size.times(c.intAttr("q_num_heads", 1)));
    }
    TensorType result = new TensorType(c.dtype(0), y);
    TensorType open = TensorType.unranked(c.dtype(0));
    return List.of(result, open, TensorType.unranked(c.dtype(2)), open);
  }

  /** As numpy.matmul: a vector is a row on the left, a column on the right. */
  private static Shape product(Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked()) {
      return Shape.UNRANKED;
    }
    if (a.rank() == 0 || b.rank() == 0) {
      throw Dims.bad("operands are " + a + " and " + b + ", expected rank 1 or more");
    }
    Dim inner = a.dim(a.rank() - 1);
    Dim other = b.dim(Math.max(0, b.rank() - 2));
    if (Dims.meet(inner, other).isEmpty()) {
      throw Dims.bad(
          "cannot multiply "
              + a
              + " and "
              + b
              + ": expected equal inner dims, got "
              + inner
              + " and "
              + other);
    }
    List<Dim> dims = new ArrayList<>(Dims.broadcast(batch(a), batch(b)).dims());
    if (a.rank() > 1) {
      dims.add(a.dim(a.rank() - 2));
    }
    if (b.rank() > 1) {
      dims.add(b.dim(b.rank() - 1));
    }
    return Shape.of(dims);
  }

  private static Shape batch(Shape s) {
    return Shape.of(s.dims().subList(0, Math.max(0, s.rank() - 2)));
  }

  private static List<TensorType> gemm(OpCall c) {
    ElementwiseShapes.checkDType(c, 0, 1);
    c.shape(0, 2);
    c.shape(1, 2);
    int ta = c.flag("transA", false) ? 1 : 0;
    int tb = c.flag("transB", false) ? 1 : 0;
    Dim inner = c.dim(0, 1 - ta);
    Dim other = c.dim(1, tb);
    if (Dims.meet(inner, other).isEmpty()) {
      throw Dims.bad(
          "cannot multiply "
              + c.shape(0)
              + " and "
              + c.shape(1)
              + " with transA="
              + ta
              + ", transB="
              + tb
              + ": expected equal inner dims, got "
              + inner
              + " and "
              + other);
    }
    Shape y = Shape.of(c.dim(0, ta), c.dim(1, 1 - tb));
    if (c.has(2)) {
      Shape both = Dims.broadcast(y, c.shape(2));
      if (both.isRanked() && Dims.meet(y, both).isEmpty()) {
        throw Dims.bad("C is " + c.shape(2) + ", expected one that broadcasts to " + y);
      }
    }
    return c.like(0, y);
  }

  private static List<TensorType> determinant(OpCall c) {
    Shape x = c.shape(0);
    return c.like(0, x.isRanked() ? batch(x) : x);
  }
}
