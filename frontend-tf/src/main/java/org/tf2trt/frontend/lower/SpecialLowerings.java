// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Functions that ONNX lacks, built so that nothing cancels where TensorFlow's do not. */
final class SpecialLowerings {
  // Giles, "Approximating the erfinv function", single precision: central and tail polynomials.
  private static final double[] ERFINV_CENTRAL = {
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941
  };
  private static final double[] ERFINV_TAIL = {
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682
  };

  private SpecialLowerings() {}

  static void addTo(LoweringTable table) {
    add(table, "Erfc", Compute.SINGLE, (b, x) -> b.sub(b.scalarLike(x, 1), b.op("Erf", x)));
    add(table, "Expm1", Compute.FLOATS, SpecialLowerings::expm1);
    add(table, "Log1p", Compute.FLOATS, SpecialLowerings::log1p);
    add(table, "Erfinv", Compute.FLOATS, SpecialLowerings::erfinv);
    add(table, "Ndtri", Compute.FLOATS, SpecialLowerings::ndtri);
    add(table, "Lgamma", Compute.FLOATS, GammaFunctions::lgamma);
    add(table, "Digamma", Compute.FLOATS, GammaFunctions::digamma);
  }

  private static void add(
      LoweringTable table, String op, Set<DType> kernels, Compute.Formula formula) {
    table.one(op, (node, build) -> Compute.one(node, build, kernels, formula));
  }

  /** e^x - 1 = tanh(x/2) * (e^x + 1), exact near 0 and at both infinities. */
  static Value expm1(OnnxBuilder b, Value x) {
    Value half = b.op("Tanh", b.mul(x, b.scalarLike(x, 0.5)));
    return b.mul(half, b.add(b.op("Exp", x), b.scalarLike(x, 1)));
  }

  /**
   * With u = 1 + x rounded, log(u) * x / (u - 1) undoes the rounding (Kahan); x itself where u is
   * 1, and no correction where u - 1 is x, as at infinity.
   */
  static Value log1p(OnnxBuilder b, Value x) {
    Value one = b.scalarLike(x, 1);
    Value u = b.add(x, one);
    Value d = b.sub(u, one);
    Value correction = b.where(b.op("Equal", d, x), one, b.div(x, d));
    return b.where(b.op("Equal", u, one), x, b.mul(b.op("Log", u), correction));
  }

  private static Value erfinv(OnnxBuilder b, Value x) {
    Value one = b.scalarLike(x, 1);
    Value w = b.op("Neg", b.op("Log", b.mul(b.sub(one, x), b.add(one, x))));
    Value inside = b.mul(erfinvFactor(b, w), x);
    Value sign = b.mul(x, b.scalarLike(x, Double.POSITIVE_INFINITY));
    return b.where(b.op("Equal", b.op("Abs", x), one), sign, inside);
  }

  /** The quantile sqrt(2) * erfinv(2p - 1), with 1 - (2p - 1)^2 taken as 4p(1 - p). */
  static Value ndtri(OnnxBuilder b, Value p) {
    Value one = b.scalarLike(p, 1);
    Value four = b.scalarLike(p, 4);
    Value w = b.op("Neg", b.op("Log", b.mul(b.mul(four, p), b.sub(one, p))));
    Value x = b.sub(b.add(p, p), one);
    Value inside = b.mul(b.mul(erfinvFactor(b, w), x), b.scalarLike(p, Math.sqrt(2)));
    Value sign = b.mul(x, b.scalarLike(p, Double.POSITIVE_INFINITY));
    return b.where(b.op("Equal", b.op("Abs", x), one), sign, inside);
  }

  private static Value erfinvFactor(OnnxBuilder b, Value w) {
    Value central = polynomial(b, b.sub(w, b.scalarLike(w, 2.5)), ERFINV_CENTRAL);
    Value root = b.op("Sqrt", b.op("Max", w, b.scalarLike(w, 0)));
    Value tail = polynomial(b, b.sub(root, b.scalarLike(w, 3)), ERFINV_TAIL);
    return b.where(b.op("Less", w, b.scalarLike(w, 5)), central, tail);
  }

  /** Horner's scheme, highest coefficient first. */
  static Value polynomial(OnnxBuilder b, Value x, double... coefficients) {
    Value sum = b.scalarLike(x, coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = b.add(b.mul(sum, x), b.scalarLike(x, coefficients[i]));
    }
    return sum;
  }
}
