// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The matrices of {@link Sampling} for extents that only the run tells, computed in the graph.
 *
 * @param in the input's extent, i64[1]
 * @param out the output's extent, i64[1]
 */
record RuntimeWeights(OnnxBuilder build, Sampling sampling, Value in, Value out) {
  private static final double TABLE = 1024;

  /** [out, in] weights of a bicubic resize. */
  Value cubic() {
    Value at = build.mul(ramp(out, sampling.halfPixel() ? 0.5 : 0), scale());
    at = sampling.halfPixel() ? build.sub(at, scalar(0.5)) : at;
    Value base = build.op("Floor", at);
    Value steps = build.op("Round", build.mul(build.sub(at, base), scalar(TABLE)));
    Value fraction = build.mul(steps, scalar(1 / TABLE));
    Value rest = build.sub(scalar(1), fraction);
    Value sum = tap(base, -1, outer(fraction));
    sum = build.add(sum, tap(base, 0, inner(fraction)));
    sum = build.add(sum, tap(base, 1, inner(rest)));
    sum = build.add(sum, tap(base, 2, outer(rest)));
    return sampling.halfPixel() ? build.div(sum, build.reduce("ReduceSum", sum, true, 1)) : sum;
  }

  /** A weight [out] at its pixel; half-pixel centres drop those outside, others take the edge. */
  private Value tap(Value base, double offset, Value weight) {
    Value pixel = build.add(base, scalar(offset));
    if (!sampling.halfPixel()) {
      Value last = build.sub(number(in), scalar(1));
      pixel = build.op("Min", build.op("Max", pixel, scalar(0)), last);
    }
    Value hit = build.op("Equal", build.unsqueeze(pixel, 1), ramp(in, 0));
    return build.mul(build.cast(hit, DType.F32), build.unsqueeze(weight, 1));
  }

  private Value inner(Value x) {
    double a = sampling.halfPixel() ? -0.5 : -0.75;
    Value linear = build.sub(build.mul(x, scalar(a + 2)), scalar(a + 3));
    return build.add(build.mul(build.mul(linear, x), x), scalar(1));
  }

  private Value outer(Value fraction) {
    double a = sampling.halfPixel() ? -0.5 : -0.75;
    Value x = build.add(fraction, scalar(1));
    Value square = build.mul(build.sub(build.mul(x, scalar(a)), scalar(5 * a)), x);
    return build.sub(build.mul(build.add(square, scalar(8 * a)), x), scalar(4 * a));
  }

  /** [out, in] shares of each input pixel; the last pixel takes what lies behind it. */
  Value area() {
    Value scale = scale();
    Value from = build.unsqueeze(build.mul(ramp(out, 0), scale), 1);
    Value to = build.unsqueeze(build.mul(ramp(out, 1), scale), 1);
    Value begin = ramp(in, 0);
    Value isLast = build.op("Equal", begin, build.sub(number(in), scalar(1)));
    Value end = build.where(isLast, scalar(Float.MAX_VALUE), build.add(begin, scalar(1)));
    Value overlap = build.sub(build.op("Min", end, to), build.op("Max", begin, from));
    return build.div(build.op("Max", overlap, scalar(0)), scale);
  }

  private Value scale() {
    Value plain = build.div(number(in), number(out));
    if (!sampling.alignCorners()) {
      return plain;
    }
    Value steps = build.sub(number(in), scalar(1));
    Value aligned = build.div(steps, build.op("Max", build.sub(number(out), scalar(1)), scalar(1)));
    Value several = build.op("Greater", build.op("Min", in, out), build.ints(1));
    return build.where(several, aligned, plain);
  }

  private Value ramp(Value count, double start) {
    return ramp(build, count, start);
  }

  /** {@code start, start + 1, ...} in f32, as many as {@code count} says. */
  static Value ramp(OnnxBuilder build, Value count, double start) {
    Value zero = build.scalar(DType.I64, 0);
    Value range = build.op("Range", zero, build.squeeze(count, 0), build.scalar(DType.I64, 1));
    Value numbers = build.cast(range, DType.F32);
    return start == 0 ? numbers : build.add(numbers, build.scalar(DType.F32, start));
  }

  private Value number(Value extent) {
    return build.cast(extent, DType.F32);
  }

  private Value scalar(double value) {
    return build.scalar(DType.F32, value);
  }
}
