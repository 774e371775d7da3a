// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Hurwitz' zeta function by Euler's and Maclaurin's summation (zeta.c of Cephes), and polygamma.
 */
final class ZetaFunctions {
  private static final int DIRECT_TERMS = 10;

  /** (2k)! / B2k for k = 1, 2, ... */
  private static final double[] DIVISORS = {
    12.0,
    -720.0,
    30240.0,
    -1209600.0,
    47900160.0,
    -1892437580.3183792,
    7.47242496e10,
    -2950130727918.164
  };

  private ZetaFunctions() {}

  static void addTo(LoweringTable table) {
    ArithmeticLowerings.two(table, "Zeta", Compute.DOUBLES, ZetaFunctions::zeta);
    ArithmeticLowerings.two(table, "Polygamma", Compute.DOUBLES, ZetaFunctions::polygamma);
  }

  /** The sum of (q + i)^-x over i = 0, 1, ... */
  static Value zeta(OnnxBuilder b, Value x, Value q) {
    Value minusX = b.op("Neg", x);
    Value sum = b.op("Pow", q, minusX);
    Value last = sum;
    Value w = q;
    for (int i = 1; i < DIRECT_TERMS; i++) {
      w = b.add(q, b.scalarLike(q, i));
      last = b.op("Pow", w, minusX);
      sum = b.add(sum, last);
    }
    Value one = b.scalarLike(x, 1);
    sum = b.add(sum, b.div(b.mul(last, w), b.sub(x, one)));
    sum = b.sub(sum, b.mul(last, b.scalarLike(x, 0.5)));
    Value factor = one;
    for (int i = 0; i < DIVISORS.length; i++) {
      factor = b.mul(factor, b.add(x, b.scalarLike(x, 2.0 * i)));
      last = b.div(last, w);
      sum = b.add(sum, b.div(b.mul(factor, last), b.scalarLike(x, DIVISORS[i])));
      factor = b.mul(factor, b.add(x, b.scalarLike(x, 2.0 * i + 1)));
      last = b.div(last, w);
    }
    return atPoles(b, x, q, sum);
  }

  /** Infinite at x = 1 and at q = 0, -1, ...; not a number where the powers are not real. */
  private static Value atPoles(OnnxBuilder b, Value x, Value q, Value sum) {
    Value zero = b.scalarLike(x, 0);
    Value one = b.scalarLike(x, 1);
    Value infinity = b.scalarLike(x, Double.POSITIVE_INFINITY);
    Value notNumber = b.scalarLike(x, Double.NaN);
    Value below = b.op("LessOrEqual", q, zero);
    Value isInteger = b.op("Equal", q, b.op("Floor", q));
    Value whole = b.op("Equal", x, b.op("Floor", x));
    Value negative = b.where(isInteger, infinity, b.where(whole, sum, notNumber));
    Value value = b.where(below, negative, sum);
    Value small = b.where(b.op("Less", x, one), notNumber, value);
    return b.where(b.op("Equal", x, one), infinity, small);
  }

  /** The n-th derivative of digamma: (-1)^(n+1) n! zeta(n + 1, x); n is a whole number. */
  private static Value polygamma(OnnxBuilder b, Value n, Value x) {
    Value zero = b.scalarLike(x, 0);
    Value order = b.add(n, b.scalarLike(n, 1));
    Value factorial = b.op("Exp", GammaFunctions.lgamma(b, order));
    Value half = b.mul(n, b.scalarLike(n, 0.5));
    Value even = b.op("Equal", half, b.op("Floor", half));
    Value size = b.mul(factorial, zeta(b, order, x));
    Value value = b.where(even, b.op("Neg", size), size);
    Value result = b.where(b.op("Equal", n, zero), GammaFunctions.digamma(b, x), value);
    Value whole = b.op("Equal", n, b.op("Floor", n));
    Value valid = b.op("And", whole, b.op("GreaterOrEqual", n, zero));
    return b.where(valid, result, b.scalarLike(x, Double.NaN));
  }
}
