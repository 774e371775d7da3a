// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.refusal;

import org.junit.jupiter.api.Test;

/** Bits through arithmetic. */
final class BitLoweringsTest {
  @Test
  void bitwise() {
    assertEquals("i32[2]{8, 6}", eval("i32", "tf.BitwiseAnd(?i32[2]{12, -1}, ?i32[2]{10, 6})"));
    assertEquals("i8[2]{14, -127}", eval("i8", "tf.BitwiseOr(?i8[2]{12, -128}, ?i8[2]{10, 1})"));
    assertEquals("u8[2]{254, 6}", eval("u8", "tf.BitwiseXor(?u8[2]{255, 12}, ?u8[2]{1, 10})"));
  }

  @Test
  void wideIntegersKeepAllBits() {
    assertEquals(
        "i64[2]{-9223372036854775807, 9007199254740993}",
        eval("i64", "tf.BitwiseOr(?i64[2]{-9223372036854775807, 9007199254740993}, ?i64[]{0})"));
  }

  @Test
  void shiftsStopAtTheWidth() {
    assertEquals(
        "i32[3]{16, -2147483648, -6}",
        eval("i32", "tf.LeftShift(?i32[3]{1, 1, -3}, ?i32[3]{4, 99, 1})"));
    assertEquals(
        "i32[3]{4, -3, -1}", eval("i32", "tf.RightShift(?i32[3]{16, -5, -5}, ?i32[3]{2, 1, 99})"));
    assertEquals(
        "i64[2]{-1, -1}",
        eval("i64", "tf.RightShift(?i64[2]{-9223372036854775808, -1}, ?i64[]{63})"));
  }

  @Test
  void invert() {
    assertEquals("i32[2]{-1, 0}", eval("i32", "tf.Invert(?i32[2]{0, -1})"));
    assertEquals("u8[2]{255, 0}", eval("u8", "tf.Invert(?u8[2]{0, 255})"));
  }

  @Test
  void bitcastOfIntegers() {
    assertEquals("i32[1,2]{1, -1}", eval("i32", "tf.Bitcast(?i64[1]{-4294967295})"));
    assertEquals("i64[1]{-4294967295}", eval("i64", "tf.Bitcast(?i32[1,2]{1, -1})"));
    assertEquals("i32[1]{1065353216}", eval("i32", "tf.Bitcast(f32[1]{1.0})"));
    assertTrue(refusal("i8", "tf.Bitcast(?bool[1]{true})").contains("error[TF013]"));
  }

  @Test
  void bitcastOfFloats() {
    assertEquals(
        "i32[3]{1065353216, -2147483648, 2139095040}",
        eval("i32", "tf.Bitcast(?f32[3]{1.0, -0.0, inf})"));
    assertEquals("f32[2]{1.0, -1.5}", eval("f32", "tf.Bitcast(?i32[2]{1065353216, -1077936128})"));
  }
}
