// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** How two descriptions of dims combine. */
final class Dims {
  private Dims() {}

  /** Bidirectional broadcast of two extents; throws BAD_SHAPE when they cannot. */
  static Dim broadcast(Dim a, Dim b) {
    if (a.is(1) || a.equals(b)) {
      return b;
    }
    if (b.is(1)) {
      return a;
    }
    if (a.isKnown() && b.isKnown()) {
      throw bad("dims " + a + " and " + b + " do not broadcast, expected equal dims or 1");
    }
    return a.isKnown() ? a : b.isKnown() ? b : Dim.UNKNOWN;
  }

  /** Numpy broadcast: shapes are aligned at their last dims. */
  static Shape broadcast(Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked()) {
      return Shape.UNRANKED;
    }
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> dims = new ArrayList<>();
    try {
      for (int i = 0; i < rank; i++) {
        dims.add(broadcast(fromEnd(a, rank - i), fromEnd(b, rank - i)));
      }
    } catch (DiagnosticException e) {
      throw bad("shapes " + a + " and " + b + " do not broadcast, expected equal dims or 1");
    }
    return Shape.of(dims);
  }

  private static Dim fromEnd(Shape s, int back) {
    return back > s.rank() ? Dim.of(1) : s.dim(s.rank() - back);
  }

  /**
   * What is known when both describe one extent: a number wins over an expression, that over
   * nothing, the first over the second. Empty when the numbers differ.
   */
  static Optional<Dim> meet(Dim a, Dim b) {
    if (a.isKnown() && b.isKnown() && !a.equals(b)) {
      return Optional.empty();
    }
    return Optional.of(a.isKnown() || b.isUnknown() ? a : b.isKnown() || a.isUnknown() ? b : a);
  }

  /** The same for shapes; empty when ranks or numbers differ. */
  static Optional<Shape> meet(Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked()) {
      return Optional.of(a.isRanked() ? a : b);
    }
    if (a.rank() != b.rank()) {
      return Optional.empty();
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < a.rank(); i++) {
      Optional<Dim> dim = meet(a.dim(i), b.dim(i));
      if (dim.isEmpty()) {
        return Optional.empty();
      }
      dims.add(dim.get());
    }
    return Optional.of(Shape.of(dims));
  }

  /** What holds of both extents. */
  static Dim join(Dim a, Dim b) {
    return a.equals(b) ? a : Dim.UNKNOWN;
  }

  static Dim product(List<Dim> dims) {
    return Shape.of(dims).elements();
  }

  static List<Dim> unknown(int length) {
    return Shape.unknown(length).dims();
  }

  static DiagnosticException bad(String message) {
    return DiagnosticException.of(Code.BAD_SHAPE, "", message, "");
  }
}
