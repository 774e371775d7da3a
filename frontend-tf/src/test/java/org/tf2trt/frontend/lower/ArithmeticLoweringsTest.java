// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;
import static org.tf2trt.frontend.lower.Lowered.refusal;

import org.junit.jupiter.api.Test;

/** Arithmetic that broadcasts. */
final class ArithmeticLoweringsTest {
  @Test
  void narrowIntegersKeepTheirType() {
    assertEquals("i8[2]{101, 2}", eval("i8", "tf.Add(?i8[2]{100, 1}, ?i8[]{1})"));
    assertEquals("Cast Cast Add Cast", ops("bf16", "tf.Add(?bf16[1]{1.0}, ?bf16[1]{2.0})"));
  }

  @Test
  void xlogyIsZeroAtZero() {
    assertEquals("f32[2]{0.0, 0.0}", eval("f32", "tf.Xlogy(?f32[2]{0.0, 2.0}, ?f32[2]{0.0, 1.0})"));
    assertEquals("f32[2]{0.0, 2.0}", eval("f32", "tf.Xdivy(?f32[2]{0.0, 6.0}, ?f32[2]{0.0, 3.0})"));
    assertEquals("f32[1]{0.0}", eval("f32", "tf.MulNoNan(?f32[1]{inf}, ?f32[1]{0.0})"));
  }

  @Test
  void crossedClipBoundsGiveTheLower() {
    assertEquals(
        "f32[3]{6.0, 6.0, 6.0}",
        eval("f32", "tf.ClipByValue(?f32[3]{0.0, 5.0, 9.0}, ?f32[]{6.0}, ?f32[]{2.0})"));
    assertEquals(
        "f32[3]{2.0, 5.0, 6.0}",
        eval("f32", "tf.ClipByValue(?f32[3]{0.0, 5.0, 9.0}, f32[]{2.0}, f32[]{6.0})"));
  }

  @Test
  void maximumPassesNan() {
    assertEquals("f32[2]{nan, 2.0}", eval("f32", "tf.Maximum(?f32[2]{nan, 1.0}, ?f32[]{2.0})"));
  }

  @Test
  void addNAddsAll() {
    assertEquals("f32[1]{7.0}", eval("f32", "tf.AddN(?f32[1]{1.0}, ?f32[1]{2.0}, ?f32[1]{4.0})"));
  }

  @Test
  void crossIsTheVectorProduct() {
    assertEquals(
        "f32[1,3]{-3.0, 6.0, -3.0}",
        eval("f32", "tf.Cross(?f32[1,3]{1.0, 2.0, 3.0}, ?f32[1,3]{4.0, 5.0, 6.0})"));
  }

  @Test
  void stringsAreRefused() {
    assertTrue(
        refusal("string", "tf.Add(?string[1]{\"a\"}, ?string[1]{\"b\"})").contains("error[TF014]"));
  }

  @Test
  void longsAreComparedBeforeOneIsTaken() {
    String node = "tf.%s(?i64[2]{3000000000, 5}, ?i64[]{7})";
    assertEquals("Less Where", Lowered.ops("i64", node.formatted("Maximum")));
    assertEquals("i64[2]{3000000000, 7}", Lowered.eval("i64", node.formatted("Maximum")));
    assertEquals("i64[2]{7, 5}", Lowered.eval("i64", node.formatted("Minimum")));
    assertEquals("Max", Lowered.ops("i32", "tf.Maximum(?i32[2]{3, 5}, ?i32[]{7})"));
  }
}
