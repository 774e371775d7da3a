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
    return of(dtype, rows, columns, (j, k) -> factor * Math.cos(phase(j, k, n)));
  }

  /** sin(2 pi jk / n). */
  static TensorData sines(DType dtype, int rows, int columns, int n, double factor) {
    return of(dtype, rows, columns, (j, k) -> factor * Math.sin(phase(j, k, n)));
  }

  private static double phase(long j, long k, long n) {
    return 2 * Math.PI * (j * k % n) / n;
  }
}
