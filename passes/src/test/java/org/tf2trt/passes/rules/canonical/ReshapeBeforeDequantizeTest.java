// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

final class ReshapeBeforeDequantizeTest {
  private static final RuleTester RULE = RuleTester.of(new ReshapeBeforeDequantize());

  @Test
  void scalesFollowTheirAxis() {
    RULE.rewrites(
        """
        () {
          %0: f32[2,3] = onnx.DequantizeLinear(i8[2,3]{1, 2, 3, 4, 5, 6}, f32[3]{1.0, 2.0, 4.0}) {axis=-1}
          %1: f32[3,2] = onnx.Transpose(%0) {perm=[1, 0]}
          return y = %1
        }
        """,
        """
        () {
          %0: f32[3,2] = onnx.DequantizeLinear(i8[3,2]{1, 4, 2, 5, 3, 6}, f32[3]{1.0, 2.0, 4.0}) {axis=0}
          return y = %0
        }
        """);
  }

  @Test
  void reshapesKeepAnAxis() {
    RULE.rewrites(
        """
        () {
          %0: f32[2,2] = onnx.DequantizeLinear(i8[2,2]{1, 2, 3, 4}, f32[2]{1.0, 2.0}, i8[2]{0, 1}) {axis=0}
          %1: f32[2,1,2] = onnx.Reshape(%0, i64[3]{2, 1, 2})
          return y = %1
        }
        """,
        """
        () {
          %0: f32[2,1,2] = onnx.DequantizeLinear(i8[2,1,2]{1, 2, 3, 4}, f32[2]{1.0, 2.0}, i8[2]{0, 1}) {axis=0}
          return y = %0
        }
        """);
  }

  @Test
  void oneScaleHoldsForAnyShape() {
    RULE.rewrites(
        """
        () {
          %0: f32[2,2] = onnx.DequantizeLinear(u8[2,2]{1, 2, 3, 4}, f32[]{0.5}, u8[]{2})
          %1: f32[4] = onnx.Reshape(%0, i64[1]{4})
          return y = %1
        }
        """,
        """
        () {
          %0: f32[4] = onnx.DequantizeLinear(u8[4]{1, 2, 3, 4}, f32[]{0.5}, u8[]{2})
          return y = %0
        }
        """);
  }

  @Test
  void aMergedAxisStays() {
    RULE.declines(
        """
        () {
          %0: f32[2,2] = onnx.DequantizeLinear(i8[2,2]{1, 2, 3, 4}, f32[2]{1.0, 2.0}) {axis=1}
          %1: f32[4] = onnx.Reshape(%0, i64[1]{4})
          return y = %1
        }
        """,
        "the axis of the scales is merged or split");
  }

  @Test
  void valuesOfTheRunStay() {
    RULE.declines(
        """
        (%x: f32[2,3]) {
          %0: i8[2,3] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
          %1: f32[2,3] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
          %2: f32[3,2] = onnx.Transpose(%1) {perm=[1, 0]}
          return y = %2
        }
        """,
        "it does not move a quantised constant");
  }
}
