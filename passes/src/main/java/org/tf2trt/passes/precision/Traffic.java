// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import org.tf2trt.ir.Dim;
import org.tf2trt.ir.TensorType;

/** Bytes moved, which is what casts and pointwise ops cost. */
final class Traffic {
  /** A cast reads four bytes of each element and writes two. */
  private static final int CAST = 6;

  /** What an element costs more in float32, each time it is read or written. */
  private static final int WIDE = 2;

  private static final long OPEN_DIM = 64;
  private static final long LIMIT = 1L << 36;

  private Traffic() {}

  /** The bytes of a cast, plus a few for the launch so that of equal costs fewer casts win. */
  static long cast(TensorType type) {
    return 16 + CAST * elements(type);
  }

  /** The bytes more that one reading or writing of the float32 form takes. */
  static long wide(TensorType type) {
    return WIDE * elements(type);
  }

  /** Open batch dims count as 1, other open dims as {@value #OPEN_DIM}. */
  private static long elements(TensorType type) {
    if (!type.shape().isRanked()) {
      return OPEN_DIM;
    }
    long count = 1;
    for (int i = 0; i < type.shape().rank(); i++) {
      Dim d = type.shape().dim(i);
      long extent = d.isKnown() ? Math.max(1, d.size()) : i == 0 ? 1 : OPEN_DIM;
      count = Math.min(LIMIT, count * Math.min(LIMIT / count + 1, extent));
    }
    return count;
  }
}
