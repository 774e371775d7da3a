// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;
import static org.tf2trt.frontend.lower.Lowered.refusal;

import org.junit.jupiter.api.Test;

/** Reductions and their corner cases. */
final class ReduceLoweringsTest {
  @Test
  void axesMayBeNegativeAndUnsorted() {
    assertEquals(
        "f32[1,2,1]{4.0, 6.0}",
        eval("f32", "tf.Sum(?f32[2,2,1]{1.0, 2.0, 3.0, 4.0}, i32[2]{-1, 0}) {keep_dims=true}"));
  }

  @Test
  void noAxesIsIdentity() {
    assertEquals("", ops("f32", "tf.Max(?f32[2]{1.0, 2.0}, i32[0]{}) {keep_dims=false}"));
  }

  @Test
  void overNothing() {
    assertEquals(
        "f32[2]{-inf, -inf}", eval("f32", "tf.Max(?f32[2,0]{}, i32[]{1}) {keep_dims=false}"));
    assertEquals("i32[]{2147483647}", eval("i32", "tf.Min(?i32[0]{}, i32[]{0}) {keep_dims=false}"));
    assertEquals("f32[1]{nan}", eval("f32", "tf.Mean(?f32[0]{}, i32[]{0}) {keep_dims=true}"));
    assertEquals("bool[]{true}", eval("bool", "tf.All(?bool[0]{}, i32[]{0}) {keep_dims=false}"));
  }

  @Test
  void integerMeanAddsUpInLongs() {
    assertEquals(
        "u8[]{251}", eval("u8", "tf.Mean(?u8[3]{255, 251, 247}, i32[]{0}) {keep_dims=false}"));
    assertEquals(
        "i8[1]{-124}",
        eval("i8", "tf.Mean(?i8[4]{-128, -124, -119, -127}, i32[1]{-1}) {keep_dims=true}"));
    assertEquals(
        "i32[2]{2147483647, -2147483648}",
        eval(
            "i32",
            "tf.Mean(?i32[2,2]{2147483647, -2147483648, 2147483647, -2147483648}, i32[]{0})"
                + " {keep_dims=false}"));
  }

  @Test
  void integerMeanTruncates() {
    assertEquals("i32[]{-3}", eval("i32", "tf.Mean(?i32[2]{-3, -4}, i32[]{0}) {keep_dims=false}"));
  }

  @Test
  void narrowSumsWrap() {
    assertEquals("u8[]{45}", eval("u8", "tf.Sum(?u8[3]{200, 100, 1}, i32[]{0}) {keep_dims=false}"));
  }

  @Test
  void booleans() {
    assertEquals(
        "bool[2]{true, false}",
        eval("bool", "tf.All(?bool[2,2]{true, true, true, false}, i32[]{1}) {keep_dims=false}"));
    assertEquals(
        "bool[2]{false, true}",
        eval("bool", "tf.Any(?bool[2,2]{false, false, true, false}, i32[]{1}) {keep_dims=false}"));
  }

  @Test
  void argMaxTakesTheFirst() {
    assertEquals(
        "i32[2]{1, 0}",
        eval("i32", "tf.ArgMax(?f32[2,3]{1.0, 5.0, 5.0, 2.0, 0.0, 1.0}, i32[]{-1})"));
    assertEquals("i64[]{1}", eval("i64", "tf.ArgMin(?i32[3]{2, 1, 1}, i32[]{0})"));
  }

  @Test
  void sumsAloneTakeComputedAxes() {
    assertEquals(
        "f32[1]{3.0}", eval("f32", "tf.Sum(?f32[2]{1.0, 2.0}, ?i32[1]{0}) {keep_dims=true}"));
    assertTrue(
        refusal("f32", "tf.Prod(?f32[2]{1.0, 2.0}, ?i32[1]{0}) {keep_dims=false}")
            .contains("error[TF015]"));
  }
}
