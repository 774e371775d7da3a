// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.lower.LoweringTester;

class MyOpsTest {
  private final LoweringTester ops = LoweringTester.of(new MyOps());

  @Test
  void shrinksAndScales() {
    assertEquals(
        "f32[1,2]{0.75, -1.5}",
        ops.eval(
            "f32", "tf.my_custom_op(?f32[1,2]{1.0, -1.0}, ?f32[2]{1.0, 2.0}) {alpha=0.25}"));
  }

  @Test
  void alphaIsAHalfByDefault() {
    assertEquals(
        "f32[1]{0.5}", ops.eval("f32", "tf.my_custom_op(?f32[1]{1.0}, ?f32[1]{1.0})"));
  }

  @Test
  void withoutAThresholdOnlyTheScaleIsLeft() {
    assertEquals(
        "Mul", ops.ops("f32", "tf.my_custom_op(?f32[1]{1.0}, ?f32[1]{1.0}) {alpha=0.0}"));
  }

  @Test
  void aNegativeThresholdIsRefused() {
    String error =
        ops.refusal("f32", "tf.my_custom_op(?f32[1]{1.0}, ?f32[1]{1.0}) {alpha=-1.0}");
    assertTrue(error.contains("alpha is -1.0, expected 0 or more"), error);
  }
}
