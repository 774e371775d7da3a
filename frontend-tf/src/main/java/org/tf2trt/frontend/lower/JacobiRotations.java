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
 * Singular values by Hestenes' one-sided rotations: columns are turned in pairs until all are
 * orthogonal; their lengths are the singular values.
 *
 * @param u the turned columns [..., m, n], of unit length, longest first
 * @param lengths [..., n], largest first
 * @param v the rotations [..., n, n]
 */
record JacobiRotations(Value u, Value lengths, Value v) {
  private static final int SWEEPS = 20;

  /** {@code a} is [..., m, n] with m at least n. */
  static JacobiRotations of(OnnxBuilder build, Value a, int n) {
    Value identity = Matrices.identity(build, a.dtype(), n);
    Value gram = build.op("MatMul", Matrices.transposed(build, a), a);
    Value v = build.op("Expand", identity, build.shapeOf(gram));
    List<Value> end =
        Iteration.run(build, SWEEPS, List.of(a, v), (b, round, state) -> sweep(b, state, n));
    return sorted(build, end.get(0), end.get(1));
  }

  private static Iteration.Next sweep(OnnxBuilder b, List<Value> state, int n) {
    List<Value> a = columns(b, state.get(0), n);
    List<Value> v = columns(b, state.get(1), n);
    Value open = b.scalar(DType.BOOL, 0);
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        open = b.op("Or", open, rotate(b, a, v, p, q));
      }
    }
    return new Iteration.Next(
        List.of(Matrices.concatColumns(b, a), Matrices.concatColumns(b, v)), open);
  }

  private static List<Value> columns(OnnxBuilder b, Value v, int n) {
    List<Value> columns = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      columns.add(Matrices.column(b, v, k));
    }
    return columns;
  }

  /** Turns two columns so that their product vanishes; true where it did not before. */
  private static Value rotate(OnnxBuilder b, List<Value> a, List<Value> v, int p, int q) {
    Value alpha = dot(b, a.get(p), a.get(p));
    Value beta = dot(b, a.get(q), a.get(q));
    Value gamma = dot(b, a.get(p), a.get(q));
    Value zero = b.scalarLike(gamma, 0);
    Value one = b.scalarLike(gamma, 1);
    Value bound = b.mul(b.op("Sqrt", b.mul(alpha, beta)), b.scalarLike(gamma, epsilon(gamma)));
    Value open = b.op("Greater", b.op("Abs", gamma), bound);
    Value safe = b.where(open, gamma, one);
    Value zeta = b.div(b.sub(beta, alpha), b.add(safe, safe));
    Value root = b.op("Sqrt", b.add(b.mul(zeta, zeta), one));
    Value size = b.op("Reciprocal", b.add(b.op("Abs", zeta), root));
    Value signed = b.where(b.op("Less", zeta, zero), b.op("Neg", size), size);
    Value t = b.where(open, signed, zero);
    Value c = b.op("Reciprocal", b.op("Sqrt", b.add(b.mul(t, t), one)));
    Value s = b.mul(c, t);
    turn(b, a, p, q, c, s);
    turn(b, v, p, q, c, s);
    return open;
  }

  private static void turn(OnnxBuilder b, List<Value> list, int p, int q, Value c, Value s) {
    Value x = list.get(p);
    Value y = list.get(q);
    list.set(p, b.sub(b.mul(c, x), b.mul(s, y)));
    list.set(q, b.add(b.mul(s, x), b.mul(c, y)));
  }

  private static Value dot(OnnxBuilder b, Value x, Value y) {
    return Matrices.sumOfRows(b, b.mul(x, y));
  }

  private static double epsilon(Value v) {
    return v.dtype() == DType.F64 ? 1e-15 : 1e-7;
  }

  private static JacobiRotations sorted(OnnxBuilder b, Value a, Value v) {
    Value lengths = b.op("Sqrt", Matrices.sumOfRows(b, b.mul(a, a))); // [..., 1, n]
    List<Value> top = b.ops("TopK", 2, Map.of("axis", Attr.of(-1)), lengths, b.dim(lengths, -1));
    Value turnedA = ordered(b, a, top.get(1));
    Value turnedV = ordered(b, v, top.get(1));
    Value zero = b.scalarLike(a, 0);
    Value isZero = b.op("Equal", top.get(0), zero);
    Value divisor = b.where(isZero, b.scalarLike(a, 1), top.get(0));
    return new JacobiRotations(b.div(turnedA, divisor), b.squeeze(top.get(0), -2), turnedV);
  }

  private static Value ordered(OnnxBuilder b, Value columns, Value order) {
    Value all = b.op("Expand", order, b.shapeOf(columns));
    return b.op("GatherElements", Map.of("axis", Attr.of(-1)), columns, all);
  }
}
