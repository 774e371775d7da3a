// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.compare;

import org.tf2trt.ir.DType;

/**
 * What one output may be off by. It passes when its largest error is within {@code scaled} of the
 * reference's largest magnitude, or when it passes {@code elementwise}, if that is given.
 *
 * @param scaled largest error over largest magnitude; 0 asks for equality
 * @param elementwise a bound for each element, or null
 */
public record Tolerance(double scaled, Elementwise elementwise) {
  /** Networks of 8-bit integers or floats: their steps are a hundredth of the largest value. */
  public static final double QUANTISED = 1e-1;

  private static final double MOST_STEPS = 2;
  private static final double MEAN_STEPS = 0.1;
  private static final double ROUNDING = 1e-4;

  /**
   * NumPy's measure: an element fails when {@code |a - b| > atol + rtol * |b|}.
   *
   * @param mismatch the share of elements that may fail
   * @param mean bound of the mean of {@code |a - b|}; infinite when there is none
   */
  public record Elementwise(double rtol, double atol, double mismatch, double mean) {
    public Elementwise {
      if (!(rtol >= 0) || !(atol >= 0) || !(mismatch >= 0) || !(mean >= 0)) {
        throw new IllegalArgumentException("a tolerance is negative or not a number");
      }
    }

    /** Whether it allows more than rounding: such a model is not expected to agree everywhere. */
    public boolean isStatistical() {
      return mismatch > 0 || mean < Double.POSITIVE_INFINITY;
    }

    String text() {
      String share = mismatch > 0 ? " in all but %s of them".formatted(Numbers.text(mismatch)) : "";
      String average =
          mean < Double.POSITIVE_INFINITY ? ", %s in the mean".formatted(Numbers.text(mean)) : "";
      String relative = rtol > 0 ? " + %s |b|".formatted(Numbers.text(rtol)) : "";
      return "|a - b| of elements up to %s%s%s%s"
          .formatted(Numbers.text(atol), relative, share, average);
    }

    boolean fails(double actual, double expected) {
      return Math.abs(actual - expected) > atol + rtol * Math.abs(expected);
    }
  }

  /**
   * The table: what each precision allows where nothing else is said. Accumulating thousands of
   * products in another order costs a few digits of the format's own: 24 bits for f32, 11 for f16,
   * 8 for bf16. Integers, bools and strings have to be equal.
   */
  public static Tolerance of(DType dtype) {
    return switch (dtype) {
      case F32, F64, C64, C128 -> new Tolerance(1e-4, null);
      case F16 -> new Tolerance(1e-2, null);
      case BF16 -> new Tolerance(4e-2, null);
      default -> new Tolerance(0, null);
    };
  }

  /**
   * What an output that is quantised in such steps may be off by: sums in another order move single
   * values by a step, and what they move by another one, but not many of them.
   */
  public static Elementwise ofSteps(double step) {
    return new Elementwise(0, MOST_STEPS * step, 0, MEAN_STEPS * step);
  }

  /**
   * What a quantised value may be off by that is computed from the reference's own quantised
   * values: where the last bit of a sum decides between two steps, it is the other one. Activations
   * that were quantised before are often equal, so that many may lie at one edge.
   */
  public static Tolerance ofOneStep(double step) {
    return new Tolerance(0, new Elementwise(0, step * (1 + ROUNDING), 0, MEAN_STEPS * step));
  }

  /** The same with a bound for each element as a second way to pass. */
  public Tolerance or(Elementwise bound) {
    return new Tolerance(scaled, bound);
  }
}
