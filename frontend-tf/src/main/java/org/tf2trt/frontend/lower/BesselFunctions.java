// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Bessel functions of order 0 and 1: series near 0, and the known behaviour at infinity times a
 * series beyond. Where a series does not apply its argument is held inside.
 */
final class BesselFunctions {
  private BesselFunctions() {}

  static void addTo(LoweringTable table) {
    add(table, "BesselI0e", (b, x) -> scaledI(b, x, 0));
    add(table, "BesselI1e", (b, x) -> scaledI(b, x, 1));
    add(table, "BesselI0", (b, x) -> grown(b, x, scaledI(b, x, 0)));
    add(table, "BesselI1", (b, x) -> grown(b, x, scaledI(b, x, 1)));
    add(table, "BesselK0", (b, x) -> modifiedK(b, x, 0, false));
    add(table, "BesselK1", (b, x) -> modifiedK(b, x, 1, false));
    add(table, "BesselK0e", (b, x) -> modifiedK(b, x, 0, true));
    add(table, "BesselK1e", (b, x) -> modifiedK(b, x, 1, true));
    add(table, "BesselJ0", (b, x) -> first(b, x, 0));
    add(table, "BesselJ1", (b, x) -> first(b, x, 1));
    add(table, "BesselY0", (b, x) -> second(b, x, 0));
    add(table, "BesselY1", (b, x) -> second(b, x, 1));
  }

  static void add(LoweringTable table, String op, Compute.Formula formula) {
    table.one(op, (node, build) -> Compute.one(node, build, Compute.DOUBLES, formula));
  }

  /** e^-|x| I(x): even for order 0, odd for order 1. */
  private static Value scaledI(OnnxBuilder b, Value x, int order) {
    Value size = b.op("Abs", x);
    Value near = Chebyshev.of(b, "i" + order + "_near", atMost(b, size, 8));
    Value large = atLeast(b, size, 8);
    Value series = Chebyshev.of(b, "i" + order + "_far", over(b, 8, large));
    Value far = b.div(series, b.op("Sqrt", large));
    Value inside = order == 0 ? near : b.mul(near, x);
    Value outside = order == 0 ? far : b.mul(far, b.op("Sign", x));
    return b.where(b.op("LessOrEqual", size, b.scalarLike(x, 8)), inside, outside);
  }

  private static Value grown(OnnxBuilder b, Value x, Value scaled) {
    return b.mul(scaled, b.op("Exp", b.op("Abs", x)));
  }

  /** Infinite at 0, not a number below. */
  private static Value modifiedK(OnnxBuilder b, Value x, int order, boolean scaled) {
    Value small = atMost(b, x, 2);
    Value series = Chebyshev.of(b, "k" + order + "_near", b.mul(small, small));
    Value log = b.op("Log", b.mul(small, b.scalarLike(x, 0.5)));
    Value i = grown(b, small, scaledI(b, small, order));
    Value near =
        order == 0 ? b.sub(series, b.mul(log, i)) : b.add(b.div(series, small), b.mul(log, i));
    Value large = atLeast(b, x, 2);
    Value tail = Chebyshev.of(b, "k" + order + "_far", over(b, 2, large));
    Value far = b.div(tail, b.op("Sqrt", large));
    if (scaled) {
      near = b.mul(near, b.op("Exp", small));
    } else {
      far = b.mul(far, b.op("Exp", b.op("Neg", large)));
    }
    Value zero = b.scalarLike(x, 0);
    Value value = b.where(b.op("LessOrEqual", x, b.scalarLike(x, 2)), near, far);
    Value pole = b.where(b.op("Equal", x, zero), infinity(b, x, 1), value);
    return b.where(b.op("Less", x, zero), b.scalarLike(x, Double.NaN), pole);
  }

  private static Value first(OnnxBuilder b, Value x, int order) {
    Value size = b.op("Abs", x);
    Value small = atMost(b, size, 8);
    Value near = nearFirst(b, small, order);
    Value far = waves(b, atLeast(b, size, 8), order, true);
    Value value = b.where(b.op("LessOrEqual", size, b.scalarLike(x, 8)), near, far);
    return order == 0 ? value : b.mul(value, b.op("Sign", x));
  }

  private static Value nearFirst(OnnxBuilder b, Value x, int order) {
    Value series = Chebyshev.of(b, "j" + order + "_near", b.mul(x, x));
    return order == 0 ? series : b.mul(series, x);
  }

  /** Minus infinity at 0, not a number below. */
  private static Value second(OnnxBuilder b, Value x, int order) {
    Value small = atMost(b, x, 8);
    Value series = Chebyshev.of(b, "y" + order + "_near", b.mul(small, small));
    Value product = b.mul(b.op("Log", small), nearFirst(b, small, order));
    Value factor = b.scalarLike(x, 2 / Math.PI);
    Value near =
        order == 0
            ? b.add(series, b.mul(factor, product))
            : b.add(b.mul(series, small), b.mul(factor, b.sub(product, b.op("Reciprocal", small))));
    Value far = waves(b, atLeast(b, x, 8), order, false);
    Value zero = b.scalarLike(x, 0);
    Value value = b.where(b.op("LessOrEqual", x, b.scalarLike(x, 8)), near, far);
    Value pole = b.where(b.op("Equal", x, zero), infinity(b, x, -1), value);
    return b.where(b.op("Less", x, zero), b.scalarLike(x, Double.NaN), pole);
  }

  /** sqrt(2 / (pi x)) times (p cos - q sin), or (p sin + q cos) for the second kind. */
  private static Value waves(OnnxBuilder b, Value x, int order, boolean firstKind) {
    Value ratio = over(b, 8, x);
    Value u = b.mul(ratio, ratio);
    Value p = Chebyshev.of(b, "p" + order + "_far", u);
    Value q = b.div(Chebyshev.of(b, "q" + order + "_far", u), x);
    Value angle = b.sub(x, b.scalarLike(x, (2 * order + 1) * Math.PI / 4));
    Value cos = b.op("Cos", angle);
    Value sin = b.op("Sin", angle);
    Value wave =
        firstKind ? b.sub(b.mul(p, cos), b.mul(q, sin)) : b.add(b.mul(p, sin), b.mul(q, cos));
    return b.mul(wave, b.op("Sqrt", over(b, 2 / Math.PI, x)));
  }

  static Value over(OnnxBuilder b, double numerator, Value x) {
    return b.div(b.scalarLike(x, numerator), x);
  }

  static Value atMost(OnnxBuilder b, Value x, double bound) {
    return b.op("Min", x, b.scalarLike(x, bound));
  }

  static Value atLeast(OnnxBuilder b, Value x, double bound) {
    return b.op("Max", x, b.scalarLike(x, bound));
  }

  private static Value infinity(OnnxBuilder b, Value x, int sign) {
    return b.scalarLike(x, sign * Double.POSITIVE_INFINITY);
  }
}
