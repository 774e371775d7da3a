// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Triangular filters evenly spaced in mel (mfcc_mel_filterbank.cc). */
record MelFilters(int bins, double rate, int channels, double lower, double upper) {
  /** f32 [bins, channels]. */
  TensorData matrix() {
    double[][] weights = new double[bins][channels];
    double hertz = hertz();
    int start = (int) (1.5 + lower / hertz);
    int end = (int) (upper / hertz);
    for (int i = Math.max(start, 0); i <= Math.min(end, bins - 1); i++) {
      double mel = mel(i * hertz);
      int channel = 0;
      while (channel < channels && centre(channel) < mel) {
        channel++;
      }
      // The share of the band below; the one above takes the rest.
      int below = channel - 1;
      double from = below >= 0 ? centre(below) : mel(lower);
      double share = (centre(channel) - mel) / (centre(channel) - from);
      if (below >= 0) {
        weights[i][below] += share;
      }
      if (channel < channels) {
        weights[i][channel] += 1 - share;
      }
    }
    return FourierMatrix.of(DType.F32, bins, channels, (i, c) -> weights[i][c]);
  }

  /** Whether the bins go up to the upper limit. */
  boolean isReached() {
    return (int) (upper / hertz()) < bins;
  }

  /** The same for a rate, an f32 scalar, that is known when the model runs. */
  Value isReached(OnnxBuilder b, Value rate) {
    return b.op("Less", b.op("Floor", b.div(number(b, upper), hertz(b, rate))), number(b, bins));
  }

  private double hertz() {
    return 0.5 * rate / (bins - 1);
  }

  private Value hertz(OnnxBuilder b, Value rate) {
    return b.mul(b.reshape(rate, new long[0]), number(b, 0.5 / (bins - 1)));
  }

  /** The matrix for a rate, an f32 scalar, that is known when the model runs. */
  Value matrix(OnnxBuilder b, Value rate) {
    Value numbers = b.constant(FourierMatrix.of(DType.F32, bins, 1, (i, c) -> i));
    Value centres = b.constant(FourierMatrix.of(DType.F32, 1, channels, (i, c) -> centre(c)));
    Value hertz = hertz(b, rate);
    Value mel =
        b.mul(
            SpecialLowerings.log1p(b, b.mul(numbers, b.div(hertz, number(b, 700)))),
            number(b, 1127));
    double spacing = (mel(upper) - mel(lower)) / (channels + 1);
    Value away = b.mul(b.op("Abs", b.sub(mel, centres)), number(b, 1 / spacing));
    Value weights = b.op("Max", b.sub(number(b, 1), away), number(b, 0));
    Value start = b.op("Floor", b.add(number(b, 1.5), b.div(number(b, lower), hertz)));
    Value end = b.op("Floor", b.div(number(b, upper), hertz));
    Value inside =
        b.op("And", b.op("GreaterOrEqual", numbers, start), b.op("LessOrEqual", numbers, end));
    return b.where(inside, weights, number(b, 0));
  }

  private static Value number(OnnxBuilder b, double value) {
    return b.scalar(DType.F32, value);
  }

  private double centre(int i) {
    double low = mel(lower);
    return low + (mel(upper) - low) / (channels + 1) * (i + 1);
  }

  private static double mel(double hertz) {
    return 1127 * Math.log1p(hertz / 700);
  }
}
