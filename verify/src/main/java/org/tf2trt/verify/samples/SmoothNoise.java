// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.SplittableRandom;

/**
 * Images of patches of eight pixels that blend into each other, between 0 and 1: noise that differs
 * from pixel to pixel looks grey to a network, whatever it was made from.
 */
final class SmoothNoise {
  private static final int PATCH = 8;

  private SmoothNoise() {}

  /**
   * Fills n images of h by w pixels.
   *
   * @param last whether the channels are the innermost dim, or lie behind the batch
   */
  static void fill(
      double[] into, long n, long h, long w, long c, boolean last, SplittableRandom random) {
    int height = (int) h;
    int width = (int) w;
    int rows = Math.max(2, height / PATCH);
    int columns = Math.max(2, width / PATCH);
    for (int image = 0; image < n; image++) {
      for (int channel = 0; channel < c; channel++) {
        double[] small = random.doubles((long) rows * columns).toArray();
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            double value =
                at(small, rows, columns, place(y, height, rows), place(x, width, columns));
            int pixel = (image * height + y) * width + x;
            int plane = ((image * (int) c + channel) * height + y) * width + x;
            into[last ? pixel * (int) c + channel : plane] = value;
          }
        }
      }
    }
  }

  /** Pixel centres of the large grid in coordinates of the small one. */
  private static double place(int at, int large, int small) {
    return Math.max(0, Math.min(small - 1, (at + 0.5) * small / large - 0.5));
  }

  private static double at(double[] small, int rows, int columns, double y, double x) {
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, rows - 1);
    int right = Math.min(left + 1, columns - 1);
    double down = y - top;
    double along = x - left;
    return (1 - down)
            * ((1 - along) * small[top * columns + left] + along * small[top * columns + right])
        + down
            * ((1 - along) * small[bottom * columns + left]
                + along * small[bottom * columns + right]);
  }
}
