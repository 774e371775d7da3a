// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.data.TensorData;

/** Outputs that are quantised in steps of 0.5. */
final class StepsTest {
  private static final Tolerance STEPS = new Tolerance(1e-4, Tolerance.ofSteps(0.5));

  private static OutputResult off(float... errors) {
    float[] expected = new float[100];
    float[] actual = new float[100];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i;
      actual[i] = i + (i < errors.length ? errors[i] : 0);
    }
    return OutputResult.compare(
        "y",
        TensorData.ofFloats(new long[] {100}, actual),
        TensorData.ofFloats(new long[] {100}, expected),
        STEPS);
  }

  @Test
  void aFewMayBeOffByTwoSteps() {
    assertTrue(off(0.5f, -1, 1).passed());
  }

  @Test
  void noneMayBeOffByThree() {
    assertEquals(
        "the largest error is 1.5e-02 of the largest magnitude 9.9e+01, allowed 1.0e-04, or |a - b|"
            + " of elements up to 1.0e+00, 5.0e-02 in the mean: they are up to 1.5e+00, 1.5e-02 in"
            + " the mean",
        off(1.5f).problem());
  }

  @Test
  void onlyFewMayBeOff() {
    assertTrue(off(1, 1, 1, 1, 1).passed());
    assertEquals(false, off(1, 1, 1, 1, 1, 1).passed());
  }
}
