// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import org.tf2trt.ir.Shape;

/** Sizes of open dims of made-up inputs where nothing else is known. */
public final class DefaultExtents {
  private static final long BATCH = 2;
  private static final long IMAGE = 64;
  private static final long CHANNELS = 3;
  private static final long OTHER = 16;

  private DefaultExtents() {}

  /**
   * A batch of two; images of 64 x 64, since networks halve them several times, in RGB; others 16.
   */
  public static long of(Shape shape, int axis) {
    if (axis == 0) {
      return BATCH;
    }
    if (isSide(shape, axis)) {
      return IMAGE;
    }
    return shape.rank() == 4 ? CHANNELS : OTHER;
  }

  /** Whether it is the height or width of images as TensorFlow keeps them. */
  static boolean isSide(Shape shape, int axis) {
    return shape.rank() == 4 && (axis == 1 || axis == 2);
  }
}
