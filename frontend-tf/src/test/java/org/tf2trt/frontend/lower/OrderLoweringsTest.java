// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;

import org.junit.jupiter.api.Test;

/** Transposing, reversing, rolling. */
final class OrderLoweringsTest {
  @Test
  void transpose() {
    assertEquals("i32[2,1]{1, 2}", eval("i32", "tf.Transpose(?i32[1,2]{1, 2}, i32[2]{1, 0})"));
    assertEquals("i32[2,1]{1, 2}", eval("i32", "tf.Transpose(?i32[1,2]{1, 2}, ?i32[2]{1, 0})"));
  }

  @Test
  void invertPermutation() {
    assertEquals("i32[3]{1, 2, 0}", eval("i32", "tf.InvertPermutation(?i32[3]{2, 0, 1})"));
    assertEquals("i32[3]{1, 2, 0}", eval("i32", "tf.InvertPermutation(i32[3]{2, 0, 1})"));
  }

  @Test
  void reverse() {
    assertEquals(
        "i32[2,2]{2, 1, 4, 3}", eval("i32", "tf.ReverseV2(?i32[2,2]{1, 2, 3, 4}, i32[1]{-1})"));
  }

  @Test
  void roll() {
    assertEquals(
        "i32[4]{4, 1, 2, 3}", eval("i32", "tf.Roll(?i32[4]{1, 2, 3, 4}, i32[]{1}, i32[]{0})"));
    assertEquals(
        "i32[4]{2, 3, 4, 1}", eval("i32", "tf.Roll(?i32[4]{1, 2, 3, 4}, ?i32[1]{-5}, i32[1]{0})"));
  }

  @Test
  void reverseSequenceOnLaterAxes() {
    assertEquals(
        "i32[1,2,2]{3, 2, 1, 4}",
        eval(
            "i32",
            "tf.ReverseSequence(?i32[1,2,2]{1, 2, 3, 4}, ?i32[2]{2, 1}) {batch_dim=2, seq_dim=1}"));
  }
}
