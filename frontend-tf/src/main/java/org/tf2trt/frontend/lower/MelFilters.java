// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;

/** Triangular filters evenly spaced in mel (mfcc_mel_filterbank.cc). */
record MelFilters(int bins, double rate, int channels, double lower, double upper) {
  /** f32 [bins, channels]. */
  TensorData matrix() {
    double[][] weights = new double[bins][channels];
    double hertz = 0.5 * rate / (bins - 1);
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

  private double centre(int i) {
    double low = mel(lower);
    return low + (mel(upper) - low) / (channels + 1) * (i + 1);
  }

  private static double mel(double hertz) {
    return 1127 * Math.log1p(hertz / 700);
  }
}
