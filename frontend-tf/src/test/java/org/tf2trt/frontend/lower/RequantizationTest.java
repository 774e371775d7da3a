// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.refusal;

import org.junit.jupiter.api.Test;

/** Values of TensorFlow's kernels. */
final class RequantizationTest {
  private static final String SUMS = "?i32[5]{-70000, -3, 0, 1234, 98765}";
  private static final String RANGE = "?f32[]{-108110.77}, ?f32[]{108110.77}";

  @Test
  void theRangeIsThatOfTheSums() {
    assertEquals(
        "f32[]{-3.523985} f32[]{4.9721518}",
        eval("f32 f32", "tf.RequantizationRange(%s, %s)".formatted(SUMS, RANGE)));
  }

  @Test
  void theDistanceFromTheMinimumIsRounded() {
    assertEquals(
        "u8[5]{0, 106, 106, 108, 255} f32[]{-3.523985} f32[]{4.9721518}",
        eval(
            "u8 f32 f32",
            "tf.Requantize(%s, %s, ?f32[]{-3.523985}, ?f32[]{4.9721518}) {out_type=u8}"
                .formatted(SUMS, RANGE)));
    assertEquals(
        "u8[5]{0, 106, 106, 108, 255} f32[]{-3.523985} f32[]{4.9721518}",
        eval(
            "u8 f32 f32",
            "tf.QuantizeDownAndShrinkRange(%s, %s) {out_type=u8}".formatted(SUMS, RANGE)));
  }

  @Test
  void whatIsOutsideTheRangeIsHeld() {
    assertEquals(
        "u8[5]{0, 146, 146, 155, 255} f32[]{-1.0} f32[]{0.75}",
        eval(
            "u8 f32 f32",
            "tf.Requantize(%s, %s, ?f32[]{-1.0}, ?f32[]{0.75}) {out_type=u8}"
                .formatted(SUMS, RANGE)));
  }

  @Test
  void aRangeOfNoExtentHasOneLevel() {
    assertEquals(
        "u8[5]{0, 0, 0, 0, 0} f32[]{0.0} f32[]{0.0}",
        eval(
            "u8 f32 f32",
            "tf.Requantize(%s, %s, ?f32[]{0.0}, ?f32[]{0.0}) {out_type=u8}"
                .formatted(SUMS, RANGE)));
    assertEquals(
        "f32[]{0.0} f32[]{0.0}",
        eval("f32 f32", "tf.RequantizationRange(%s, ?f32[]{0.0}, ?f32[]{0.0})".formatted(SUMS)));
  }

  @Test
  void otherTypesHaveNoKernel() {
    String text =
        refusal(
            "i8 f32 f32",
            "tf.Requantize(%s, %s, ?f32[]{-1.0}, ?f32[]{1.0}) {out_type=i8}"
                .formatted(SUMS, RANGE));
    assertTrue(text.contains("to i8, for which TensorFlow has no kernel"), text);
  }
}
