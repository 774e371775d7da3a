// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;

import org.junit.jupiter.api.Test;

/** Signs of quotients and remainders. */
final class DivisionLoweringsTest {
  @Test
  void floorDivRoundsDown() {
    assertEquals(
        "i32[4]{3, -4, -4, 3}",
        eval("i32", "tf.FloorDiv(?i32[4]{7, -7, 7, -7}, ?i32[4]{2, 2, -2, -2})"));
    assertEquals("f32[2]{3.0, -4.0}", eval("f32", "tf.FloorDiv(?f32[2]{7.0, -7.0}, ?f32[]{2.0})"));
  }

  @Test
  void floorDivOfTheLowestIntegerDoesNotOverflow() {
    assertEquals("i32[1]{-715827883}", eval("i32", "tf.FloorDiv(?i32[1]{-2147483648}, ?i32[]{3})"));
  }

  @Test
  void floorModTakesTheDivisorsSign() {
    assertEquals(
        "i32[4]{1, 2, -2, -1}",
        eval("i32", "tf.FloorMod(?i32[4]{7, -7, 7, -7}, ?i32[4]{3, 3, -3, -3})"));
    assertEquals(
        "f32[4]{1.0, 2.0, -2.0, -1.0}",
        eval("f32", "tf.FloorMod(?f32[4]{7.0, -7.0, 7.0, -7.0}, ?f32[4]{3.0, 3.0, -3.0, -3.0})"));
  }

  @Test
  void modTakesTheDividendsSign() {
    assertEquals(
        "i32[4]{1, -1, 1, -1}",
        eval("i32", "tf.Mod(?i32[4]{7, -7, 7, -7}, ?i32[4]{3, 3, -3, -3})"));
    assertEquals(
        "f32[2]{1.0, -1.0}", eval("f32", "tf.TruncateMod(?f32[2]{7.0, -7.0}, ?f32[]{3.0})"));
  }

  @Test
  void longRemaindersComeFromQuotients() {
    assertEquals("Div Mul Sub", ops("i64", "tf.TruncateMod(?i64[3]{1, 2, 3}, ?i64[]{10})"));
    assertEquals(
        "i64[3]{7, -8, 3}",
        eval("i64", "tf.Mod(?i64[3]{9223372036854775807, -9223372036854775808, 3}, ?i64[]{10})"));
  }

  @Test
  void integerDivTruncates() {
    assertEquals("i32[2]{3, -3}", eval("i32", "tf.Div(?i32[2]{7, -7}, ?i32[]{2})"));
    assertEquals("i64[2]{-3, 3}", eval("i64", "tf.TruncateDiv(?i64[2]{7, -7}, ?i64[]{-2})"));
  }

  @Test
  void divNoNanIsZeroOverZero() {
    assertEquals(
        "f32[3]{0.0, 0.0, 3.0}",
        eval("f32", "tf.DivNoNan(?f32[3]{1.0, nan, 6.0}, ?f32[3]{0.0, 0.0, 2.0})"));
  }

  @Test
  void truncateDivOfFloatsDropsTheFraction() {
    assertEquals(
        "f32[4]{3.0, -3.0, -3.0, 3.0}",
        eval(
            "f32", "tf.TruncateDiv(?f32[4]{7.0, -7.0, 7.0, -7.0}, ?f32[4]{2.0, 2.0, -2.0, -2.0})"));
  }
}
