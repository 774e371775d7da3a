// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import org.tf2trt.ir.DType;

/**
 * Values that an input may have, both ends included (of floats, the upper one is not reached).
 *
 * @param low least
 * @param high largest
 */
public record ValueRange(double low, double high) {
  public ValueRange {
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException("no range: " + low + ".." + high);
    }
  }

  /**
   * The range where nothing else is known: floats -1 to 1, but scalars 0.5 to 1 (they are mostly
   * factors, thresholds and rates, and no loop ends that shrinks something by -0.3); images' uint8
   * all; other integers 0 to 9, and 1 to 9 where they are scalars (they are mostly ids or sizes).
   */
  public static ValueRange of(DType dtype, int rank) {
    if (rank == 0 && dtype.isFloat()) {
      return new ValueRange(0.5, 1);
    }
    if (rank == 0 && dtype.isInteger() && dtype != DType.U8) {
      return new ValueRange(1, 9);
    }
    return switch (dtype) {
      case BOOL -> new ValueRange(0, 1);
      case U8 -> new ValueRange(0, 255);
      default ->
          dtype.isFloat() || dtype.isComplex() ? new ValueRange(-1, 1) : new ValueRange(0, 9);
    };
  }

  /** Of the form {@code -1..1}; throws IllegalArgumentException. */
  public static ValueRange parse(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException("'" + text + "' is not of the form LOW..HIGH");
    }
    return new ValueRange(
        Double.parseDouble(text.substring(0, dots)), Double.parseDouble(text.substring(dots + 2)));
  }

  @Override
  public String toString() {
    return text(low) + ".." + text(high);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
