// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.nio.ByteBuffer;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** Cosines and sines as constants; phases are reduced as integers, so that they are exact. */
final class FourierMatrix {
  private FourierMatrix() {}

  /** An entry by row and column. */
  @FunctionalInterface
  interface Entry {
    double at(int row, int column);
  }

  static TensorData of(DType dtype, int rows, int columns, Entry entry) {
    ByteBuffer bytes = Elements.allocate(dtype, (long) rows * columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        Elements.putDouble(dtype, bytes, r * columns + c, entry.at(r, c));
      }
    }
    return TensorData.of(dtype, new long[] {rows, columns}, bytes);
  }

  /** cos(2 pi jk / n). */
  static TensorData cosines(DType dtype, int rows, int columns, int n, double factor) {
    return of(dtype, rows, columns, (j, k) -> scaled(factor, cosine((long) j * k, n)));
  }

  /** sin(2 pi jk / n). */
  static TensorData sines(DType dtype, int rows, int columns, int n, double factor) {
    return of(dtype, rows, columns, (j, k) -> scaled(factor, cosine(4L * j * k - n, 4L * n)));
  }

  /**
   * cos(2 pi step / steps), exact where it is 0, as {@code Math.cos(Math.PI / 2)} is not: bins that
   * TensorFlow makes real have to be, because their phase hangs on the sign of the rest.
   */
  private static double cosine(long step, long steps) {
    long p = Math.floorMod(step, steps);
    boolean zero = 4 * p == steps || 4 * p == 3 * steps;
    return zero ? 0 : Math.cos(2 * Math.PI * p / steps);
  }

  /** Never -0. */
  private static double scaled(double factor, double value) {
    return factor * value + 0.0;
  }
}
