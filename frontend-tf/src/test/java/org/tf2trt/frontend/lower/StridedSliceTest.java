// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;

import org.junit.jupiter.api.Test;

/** Masks and strides, known and computed bounds. */
final class StridedSliceTest {
  @Test
  void boundsClamp() {
    assertEquals(
        "i32[2]{4, 5}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[6]{0, 1, 2, 3, 4, 5}, i32[1]{-2}, i32[1]{99}, i32[1]{1}) {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}"));
  }

  @Test
  void negativeStrideReverses() {
    assertEquals(
        "i32[3]{5, 3, 1}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[6]{0, 1, 2, 3, 4, 5}, i32[1]{0}, i32[1]{0}, i32[1]{-2}) {begin_mask=1, end_mask=1, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}"));
  }

  @Test
  void shrinkDropsTheAxisWhateverTheMasksSay() {
    assertEquals(
        "i32[]{4}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[2,3]{0, 1, 2, 3, 4, 5}, i32[2]{-1, 1}, i32[2]{0, 0}, i32[2]{1, 1}) {begin_mask=3, end_mask=3, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=3}"));
  }

  @Test
  void ellipsisAndNewAxis() {
    assertEquals(
        "i32[2,1,2]{1, 2, 4, 5}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[2,3]{0, 1, 2, 3, 4, 5}, i32[3]{0, 0, 1}, i32[3]{0, 0, 3}, i32[3]{1, 1, 1}) {begin_mask=0, end_mask=0, ellipsis_mask=1, new_axis_mask=2, shrink_axis_mask=0}"));
  }

  @Test
  void newAxisBeatsShrink() {
    assertEquals(
        "i32[1,2]{1, 2}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[6]{0, 1, 2, 3, 4, 5}, i32[2]{0, 1}, i32[2]{0, 3}, i32[2]{1, 1}) {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=1, shrink_axis_mask=1}"));
  }

  @Test
  void computedBounds() {
    assertEquals(
        "i32[2,2]{1, 2, 4, 5}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[2,3]{0, 1, 2, 3, 4, 5}, ?i32[2]{0, 1}, ?i32[2]{2, 3}, i32[2]{1, 1}) {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}"));
    assertEquals(
        "i32[2]{4, 5}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[2,3]{0, 1, 2, 3, 4, 5}, ?i32[2]{-1, 1}, ?i32[2]{0, 0}, i32[2]{1, 1}) {begin_mask=0, end_mask=2, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=1}"));
  }

  @Test
  void computedStridesDecideWhereMasksLie() {
    assertEquals(
        "i32[6]{5, 4, 3, 2, 1, 0}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[6]{0, 1, 2, 3, 4, 5}, ?i32[1]{0}, ?i32[1]{0}, ?i32[1]{-1}) {begin_mask=1, end_mask=1, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}"));
  }

  @Test
  void elementOfAShapeVectorIsOneGather() {
    assertEquals(
        "Gather",
        ops(
            "i32",
            "tf.StridedSlice(?i32[6]{0, 1, 2, 3, 4, 5}, i32[1]{2}, i32[1]{3}, i32[1]{1}) {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=1}"));
  }

  @Test
  void gradientAndUpdateWriteWhereTheSliceLies() {
    assertEquals(
        "f32[4]{0.0, 5.0, 0.0, 6.0}",
        eval(
            "f32",
            "tf.StridedSliceGrad(i32[1]{4}, i32[1]{1}, i32[1]{4}, i32[1]{2}, ?f32[2]{5.0, 6.0}) {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}"));
  }

  @Test
  void anEllipsisInFrontOfAnIndexOfAVectorStandsForNothing() {
    assertEquals(
        "i32[]{30}",
        eval(
            "i32",
            "tf.StridedSlice(?i32[3]{10, 20, 30}, i32[2]{0, -1}, i32[2]{0, 0}, i32[2]{1, 1}) {begin_mask=0, end_mask=0, ellipsis_mask=1, new_axis_mask=0, shrink_axis_mask=2}"));
  }

  @Test
  void backwardFromBeforeTheFirstElementIsEmpty() {
    String node =
        "tf.StridedSlice(?i32[3]{10, 20, 30}, %s, i32[1]{0}, %s) {begin_mask=0, end_mask=1, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}";
    assertEquals("i32[0]{}", eval("i32", node.formatted("i32[1]{-4}", "i32[1]{-1}")));
    assertEquals("i32[0]{}", eval("i32", node.formatted("?i32[1]{-4}", "i32[1]{-1}")));
    assertEquals("i32[0]{}", eval("i32", node.formatted("?i32[1]{-4}", "?i32[1]{-1}")));
    assertEquals("i32[1]{10}", eval("i32", node.formatted("?i32[1]{-3}", "?i32[1]{-1}")));
    assertEquals("i32[3]{10, 20, 30}", eval("i32", node.formatted("?i32[1]{-4}", "?i32[1]{1}")));
  }

  @Test
  void onlyAStartThatMayLieBeforeTheFirstElementIsCompared() {
    String node =
        "tf.StridedSlice(?i32[3]{10, 20, 30}, i32[1]{%d}, i32[1]{0}, i32[1]{-1}) {begin_mask=0, end_mask=1, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}";
    assertEquals("Slice", ops("i32", node.formatted(-3)));
    assertEquals("Slice", ops("i32", node.formatted(2)));
  }

  @Test
  void updatesBroadcast() {
    String node =
        "tf.TensorStridedSliceUpdate(?i32[2,3]{0, 1, 2, 3, 4, 5}, i32[2]{0, 1}, i32[2]{0, 3}, i32[2]{1, 1}, %s) {begin_mask=1, end_mask=1, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0}";
    assertEquals("i32[2,3]{0, 9, 9, 3, 9, 9}", eval("i32", node.formatted("?i32[]{9}")));
    assertEquals("i32[2,3]{0, 9, 8, 3, 9, 8}", eval("i32", node.formatted("?i32[2]{9, 8}")));
  }
}
