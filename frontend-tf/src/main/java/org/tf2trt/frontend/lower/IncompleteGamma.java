// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The regularised incomplete gamma functions as in Cephes (igam.c): a power series where x is at
 * most 1 or a, a continued fraction beyond, each for one of the two, which add up to 1.
 */
final class IncompleteGamma {
  private static final int ROUNDS = 500;

  private IncompleteGamma() {}

  static void addTo(LoweringTable table) {
    ArithmeticLowerings.two(table, "Igamma", Compute.DOUBLES, (b, a, x) -> of(b, a, x, true));
    ArithmeticLowerings.two(table, "Igammac", Compute.DOUBLES, (b, a, x) -> of(b, a, x, false));
  }

  private static Value of(OnnxBuilder b, Value givenA, Value givenX, boolean lower) {
    // Zeros of the shape that both broadcast to, whatever their values.
    Value nothing = b.scalarLike(givenA, 0);
    Value none = b.where(b.op("Less", givenA, givenX), nothing, nothing);
    Value a = b.add(givenA, none);
    Value x = b.add(givenX, none);
    Value zero = b.scalarLike(a, 0);
    Value one = b.scalarLike(a, 1);
    Value inSeries = b.op("Or", b.op("LessOrEqual", x, one), b.op("LessOrEqual", x, a));
    Value exponent = b.sub(b.sub(b.mul(a, b.op("Log", x)), x), GammaFunctions.lgamma(b, a));
    Value factor = b.op("Exp", exponent);
    Value series = b.div(b.mul(series(b, a, b.where(inSeries, x, zero)), factor), a);
    Value farX = b.where(inSeries, b.add(a, one), x);
    Value fraction = b.mul(fraction(b, a, farX), factor);
    Value value =
        lower
            ? b.where(inSeries, series, b.sub(one, fraction))
            : b.where(inSeries, b.sub(one, series), fraction);
    Value infinite = b.op("Equal", x, b.scalarLike(x, Double.POSITIVE_INFINITY));
    Value far = b.where(infinite, lower ? one : zero, value);
    Value atZero = b.where(b.op("Equal", x, zero), lower ? zero : one, far);
    Value wrong = b.op("Or", b.op("Less", x, zero), b.op("LessOrEqual", a, zero));
    return b.where(wrong, b.scalarLike(a, Double.NaN), atZero);
  }

  /** 1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ... */
  private static Value series(OnnxBuilder build, Value a, Value x) {
    Value ones = build.add(build.mul(x, build.scalarLike(x, 0)), build.scalarLike(x, 1));
    List<Value> end =
        Iteration.run(
            build,
            ROUNDS,
            List.of(ones, ones, a),
            (b, round, s) -> {
              Value r = b.add(s.get(2), b.scalarLike(x, 1));
              Value term = b.mul(s.get(0), b.div(x, r));
              Value sum = b.add(s.get(1), term);
              Value open = b.op("Greater", term, b.mul(sum, b.scalarLike(x, epsilon(x))));
              return new Iteration.Next(List.of(term, sum, r), open);
            });
    return end.get(1);
  }

  /** Convergents p / q, kept in range by dividing by q each time. */
  private static Value fraction(OnnxBuilder build, Value a, Value x) {
    Value one = build.scalarLike(x, 1);
    Value y = build.sub(one, a);
    Value z = build.add(build.add(x, y), one);
    Value ones = build.add(build.mul(x, build.scalarLike(x, 0)), one);
    Value q = build.mul(z, x);
    // Everything over the newest q: p2, q2, p1.
    List<Value> start =
        List.of(
            build.div(ones, q),
            build.op("Reciprocal", z),
            build.div(build.add(x, one), q),
            y,
            z,
            ones);
    List<Value> end =
        Iteration.run(
            build,
            ROUNDS,
            start,
            (b, round, s) -> {
              Value nextY = b.add(s.get(3), b.scalarLike(x, 1));
              Value nextZ = b.add(s.get(4), b.scalarLike(x, 2));
              Value product = b.mul(nextY, s.get(5));
              Value p = b.sub(b.mul(s.get(2), nextZ), b.mul(s.get(0), product));
              Value nextQ = b.sub(nextZ, b.mul(s.get(1), product));
              Value ratio = b.div(p, nextQ);
              Value change = b.op("Abs", b.sub(ratio, s.get(2)));
              Value limit = b.mul(b.op("Abs", ratio), b.scalarLike(x, epsilon(x)));
              return new Iteration.Next(
                  List.of(
                      b.div(s.get(2), nextQ),
                      b.op("Reciprocal", nextQ),
                      ratio,
                      nextY,
                      nextZ,
                      b.add(s.get(5), b.scalarLike(x, 1))),
                  b.op("Greater", change, limit));
            });
    return end.get(2);
  }

  static double epsilon(Value v) {
    return v.dtype() == DType.F64 ? 1e-15 : 1e-7;
  }
}
