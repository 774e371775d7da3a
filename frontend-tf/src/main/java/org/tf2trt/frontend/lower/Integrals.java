// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Functions that are integrals: Dawson's, Fresnel's and Spence's. */
final class Integrals {
  private static final double FRESNEL_SQUARE = 2.5625;

  private Integrals() {}

  static void addTo(LoweringTable table) {
    BesselFunctions.add(table, "Dawsn", Integrals::dawson);
    BesselFunctions.add(table, "FresnelCos", (b, x) -> fresnel(b, x, true));
    BesselFunctions.add(table, "FresnelSin", (b, x) -> fresnel(b, x, false));
    BesselFunctions.add(table, "Spence", Integrals::spence);
  }

  /** Odd; 1 / (2x) far out. */
  private static Value dawson(OnnxBuilder b, Value x) {
    Value size = b.op("Abs", x);
    Value small = BesselFunctions.atMost(b, size, 5);
    Value near = b.mul(Chebyshev.of(b, "dawson_near", b.mul(small, small)), x);
    Value large = BesselFunctions.atLeast(b, size, 5);
    Value ratio = BesselFunctions.over(b, 5, large);
    Value series = Chebyshev.of(b, "dawson_far", b.mul(ratio, ratio));
    Value far = b.mul(b.div(series, b.add(large, large)), b.op("Sign", x));
    return b.where(b.op("LessOrEqual", size, b.scalarLike(x, 5)), near, far);
  }

  /** Odd. Beyond: 1/2 + (f sin - g cos) / (pi x) and 1/2 - (f cos + g sin) / (pi x). */
  private static Value fresnel(OnnxBuilder b, Value x, boolean cosine) {
    Value square = b.mul(x, x);
    Value edge = b.scalarLike(x, FRESNEL_SQUARE);
    Value small = b.op("Min", square, edge);
    Value fourth = b.mul(small, small);
    String name = cosine ? "fresnel_cos_near" : "fresnel_sin_near";
    Value series = b.mul(Chebyshev.of(b, name, fourth), x);
    Value near = cosine ? series : b.mul(series, small);

    Value large = b.op("Max", square, edge);
    Value ratio = b.div(edge, large);
    Value u = b.mul(ratio, ratio);
    Value length = b.mul(b.op("Sqrt", large), b.scalarLike(x, Math.PI));
    Value f = Chebyshev.of(b, "fresnel_f", u);
    Value pi = b.scalarLike(x, Math.PI);
    Value g = b.div(Chebyshev.of(b, "fresnel_g", u), b.mul(large, pi));
    Value angle = b.mul(large, b.scalarLike(x, Math.PI / 2));
    Value sin = b.op("Sin", angle);
    Value cos = b.op("Cos", angle);
    Value wave =
        cosine
            ? b.sub(b.mul(f, sin), b.mul(g, cos))
            : b.op("Neg", b.add(b.mul(f, cos), b.mul(g, sin)));
    Value half = b.scalarLike(x, 0.5);
    Value far = b.mul(b.add(half, b.div(wave, length)), b.op("Sign", x));
    return b.where(b.op("LessOrEqual", square, edge), near, far);
  }

  /** The dilogarithm of 1 - x, with the arguments 1 / x and 1 - x brought near 1. */
  private static Value spence(OnnxBuilder b, Value x) {
    Value one = b.scalarLike(x, 1);
    Value large = b.op("Greater", x, b.scalarLike(x, 1.5));
    Value inner = b.where(large, b.op("Reciprocal", x), x);
    Value small = b.op("Less", inner, b.scalarLike(x, 0.5));
    Value w = b.where(small, b.op("Neg", inner), b.sub(inner, one));
    Value y = b.mul(Chebyshev.of(b, "spence", w), b.op("Neg", w));
    Value log = b.op("Log", inner);
    Value logOfRest = b.op("Log", b.sub(one, inner));
    Value product = ArithmeticLowerings.unlessZero(b, inner, b.mul(log, logOfRest));
    Value mirrored = b.sub(b.sub(b.scalarLike(x, Math.PI * Math.PI / 6), product), y);
    Value value = b.where(small, mirrored, y);
    Value halfSquare = b.mul(b.mul(log, log), b.scalarLike(x, -0.5));
    Value result = b.where(large, b.sub(halfSquare, value), value);
    Value negative = b.op("Less", x, b.scalarLike(x, 0));
    return b.where(negative, b.scalarLike(x, Double.NaN), result);
  }
}
