// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;

import org.junit.jupiter.api.Test;

/** Conditions, one-hot, the k largest. */
final class SelectLoweringsTest {
  @Test
  void vectorConditionPicksRows() {
    assertEquals(
        "i32[2,2]{1, 2, 7, 8}",
        eval(
            "i32",
            "tf.Select(?bool[2]{true, false}, ?i32[2,2]{1, 2, 3, 4}, ?i32[2,2]{5, 6, 7, 8})"));
  }

  @Test
  void aKnownConditionChooses() {
    String select = "tf.Select(bool[]{%s}, ?i32[2]{1, 2}, ?i32[2]{3, 4})";
    assertEquals("i32[2]{1, 2}", eval("i32", select.formatted("true")));
    assertEquals("i32[2]{3, 4}", eval("i32", select.formatted("false")));
    assertEquals("", ops("i32", select.formatted("false")));
  }

  @Test
  void selectV2Broadcasts() {
    assertEquals(
        "bool[2,2]{true, false, true, true}",
        eval("bool", "tf.SelectV2(?bool[2,1]{true, false}, ?bool[2]{true, false}, ?bool[]{true})"));
  }

  @Test
  void oneHotOutOfRangeIsOff() {
    assertEquals(
        "f32[3,2]{0.0, 1.0, 0.0, 0.0, 0.0, 0.0}",
        eval("f32", "tf.OneHot(?i32[3]{1, -1, 2}, i32[]{2}, f32[]{1.0}, f32[]{0.0}) {axis=-1}"));
    assertEquals(
        "i32[2,2]{-5, 5, 5, -5}",
        eval("i32", "tf.OneHot(?i32[2]{1, 0}, i32[]{2}, ?i32[]{5}, ?i32[]{-5}) {axis=0}"));
  }

  @Test
  void whereGivesCoordinates() {
    assertEquals(
        "i64[2,2]{0, 0, 1, 1}", eval("i64", "tf.Where(?bool[2,2]{true, false, false, true})"));
  }

  @Test
  void topKTies() {
    assertEquals(
        "f32[2]{3.0, 3.0} i32[2]{1, 2}",
        eval("f32 i32", "tf.TopKV2(?f32[4]{1.0, 3.0, 3.0, 2.0}, i32[]{2}) {sorted=true}"));
  }

  @Test
  void nthElement() {
    assertEquals(
        "f32[]{2.0}",
        eval("f32", "tf.NthElement(?f32[4]{4.0, 1.0, 3.0, 2.0}, ?i32[]{1}) {reverse=false}"));
  }
}
