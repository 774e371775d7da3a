// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The matrices of {@link SamplingKernel} for a scale, a translation or extents that only the run
 * tells, computed in the graph. Every kernel is zero from its radius on, so that the span of pixels
 * that TensorFlow visits needs no mask.
 */
record RuntimeKernel(OnnxBuilder build, SamplingKernel kernel, boolean antialias) {
  private static final double TINY = 1000 * Float.MIN_NORMAL;

  /**
   * A matrix [out, in]; a row is zero where it samples outside of the image.
   *
   * @param in the input's extent, i64[1]
   * @param out the output's extent, i64[1]
   * @param scale f32[1]
   * @param translation f32[1]
   */
  Value weights(Value in, Value out, Value scale, Value translation) {
    Value inverse = build.div(scalar(1), scale);
    Value width = antialias ? build.op("Max", inverse, scalar(1)) : scalar(1);
    Value scaled = build.mul(RuntimeWeights.ramp(build, out, 0.5), inverse);
    Value sample = build.unsqueeze(build.sub(scaled, build.mul(inverse, translation)), 1);
    Value distance = build.sub(RuntimeWeights.ramp(build, in, 0.5), sample);
    Value weights = at(build.op("Abs", build.mul(distance, build.div(scalar(1), width))));
    Value sum = build.reduce("ReduceSum", weights, true, 1);
    Value end = build.cast(in, DType.F32);
    Value inside =
        build.op(
            "And",
            build.op("GreaterOrEqual", sample, scalar(0)),
            build.op("LessOrEqual", sample, end));
    Value counts =
        build.op("And", inside, build.op("GreaterOrEqual", build.op("Abs", sum), scalar(TINY)));
    Value safe = build.where(counts, sum, scalar(1));
    return build.where(counts, build.div(weights, safe), scalar(0));
  }

  /** The kernel at distances that are not negative. */
  private Value at(Value x) {
    double radius = kernel.radius();
    return switch (kernel) {
      case LANCZOS1, LANCZOS3, LANCZOS5 -> lanczos(x, radius);
      case GAUSSIAN ->
          build.where(
              build.op("GreaterOrEqual", x, scalar(radius)),
              scalar(0),
              build.op("Exp", build.mul(build.mul(x, x), scalar(-2))));
      case BOX ->
          build.where(
              build.op("Less", x, scalar(0.5)),
              scalar(1),
              build.where(build.op("Equal", x, scalar(0.5)), scalar(0.5), scalar(0)));
      case TRIANGLE -> build.op("Max", build.sub(scalar(1), x), scalar(0));
      case KEYSCUBIC -> pieces(x, cubic(x, 1.5, -2.5, 0, 1), cubic(x, -0.5, 2.5, -4, 2));
      case MITCHELLCUBIC ->
          pieces(x, cubic(x, 7.0 / 6, -2, 0, 8.0 / 9), cubic(x, -7.0 / 18, 2, -10.0 / 3, 16.0 / 9));
    };
  }

  private Value lanczos(Value x, double radius) {
    Value angle = build.mul(build.op("Max", x, scalar(1e-3)), scalar(Math.PI));
    Value outer = build.op("Sin", build.mul(angle, scalar(1 / radius)));
    Value product = build.mul(build.mul(build.op("Sin", angle), outer), scalar(radius));
    Value value = build.div(product, build.mul(angle, angle));
    Value near = build.where(build.op("LessOrEqual", x, scalar(1e-3)), scalar(1), value);
    return build.where(build.op("Greater", x, scalar(radius)), scalar(0), near);
  }

  private Value pieces(Value x, Value belowOne, Value belowTwo) {
    Value outer = build.where(build.op("Less", x, scalar(2)), belowTwo, scalar(0));
    return build.where(build.op("Less", x, scalar(1)), belowOne, outer);
  }

  private Value cubic(Value x, double a, double b, double c, double d) {
    Value sum = build.add(build.mul(x, scalar(a)), scalar(b));
    sum = build.mul(sum, x);
    sum = build.mul(c == 0 ? sum : build.add(sum, scalar(c)), x);
    return build.add(sum, scalar(d));
  }

  private Value scalar(double value) {
    return build.scalar(DType.F32, value);
  }
}
