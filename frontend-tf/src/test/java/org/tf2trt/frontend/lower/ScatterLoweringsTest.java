// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;

import org.junit.jupiter.api.Test;

/** Writing at points, segments, partitions. */
final class ScatterLoweringsTest {
  @Test
  void duplicatesAdd() {
    assertEquals(
        "f32[3]{5.0, 0.0, 2.0}",
        eval("f32", "tf.ScatterNd(?i32[3,1]{0, 2, 0}, ?f32[3]{1.0, 2.0, 4.0}, i32[1]{3})"));
  }

  @Test
  void knownPointsNeedNoReduction() {
    assertEquals(
        "GatherND Add ScatterND",
        ops(
            "f32",
            "tf.TensorScatterAdd(?f32[3]{1.0, 1.0, 1.0}, i32[2,1]{0, 2}, ?f32[2]{1.0, 2.0})"));
    assertEquals(
        "f32[3]{2.0, 1.0, 3.0}",
        eval(
            "f32",
            "tf.TensorScatterAdd(?f32[3]{1.0, 1.0, 1.0}, i32[2,1]{0, 2}, ?f32[2]{1.0, 2.0})"));
  }

  @Test
  void maximumOfDuplicates() {
    assertEquals(
        "i32[3]{4, 9, 4}",
        eval("i32", "tf.TensorScatterMax(?i32[3]{4, 0, 4}, ?i32[3,1]{1, 0, 1}, ?i32[3]{9, 3, 7})"));
  }

  @Test
  void segmentsWithGaps() {
    assertEquals(
        "f32[3]{-1.0, 0.0, 5.0}",
        eval("f32", "tf.SegmentMax(?f32[3]{-1.0, -2.0, 5.0}, ?i32[3]{0, 0, 2})"));
    assertEquals(
        "f32[3]{2.0, 0.0, 5.0}",
        eval("f32", "tf.SegmentMean(?f32[3]{1.0, 3.0, 5.0}, ?i32[3]{0, 0, 2})"));
  }

  @Test
  void unsortedSegmentsDropNegativeNumbers() {
    assertEquals(
        "f32[2]{0.0, 6.0}",
        eval("f32", "tf.UnsortedSegmentSum(?f32[3]{1.0, 3.0, 5.0}, ?i32[3]{1, -1, 1}, i32[]{2})"));
    assertEquals(
        "i32[2]{-2147483648, 1}",
        eval("i32", "tf.UnsortedSegmentMax(?i32[2]{1, 3}, ?i32[2]{1, -1}, i32[]{2})"));
  }

  @Test
  void partitionAndStitch() {
    assertEquals(
        "i32[1]{2} i32[2]{1, 3}",
        eval("i32 i32", "tf.DynamicPartition(?i32[3]{1, 2, 3}, ?i32[3]{1, 0, 1})"));
    assertEquals(
        "i32[3]{6, 7, 5}",
        eval("i32", "tf.DynamicStitch(i32[2]{2, 0}, i32[]{1}, ?i32[2]{5, 6}, ?i32[]{7})"));
  }

  @Test
  void unravel() {
    assertEquals(
        "i32[2,2]{1, 0, 2, 2}", eval("i32", "tf.UnravelIndex(?i32[2]{5, 2}, i32[2]{2, 3})"));
  }

  @Test
  void emptySegmentsHoldTheExtremeOfTheirOwnType() {
    assertEquals(
        "i8[2]{127, 3}",
        eval("i8", "tf.UnsortedSegmentMin(?i8[2]{3, 5}, ?i32[2]{1, 1}, i32[]{2})"));
    assertEquals(
        "i16[2]{-32768, 5}",
        eval("i16", "tf.UnsortedSegmentMax(?i16[2]{3, 5}, ?i32[2]{1, 1}, i32[]{2})"));
  }

  @Test
  void meansOfHalvesAreAddedUpInSingle() {
    assertEquals(
        "f16[2]{2.0, 5.0}",
        eval("f16", "tf.SegmentMean(?f16[3]{1.0, 3.0, 5.0}, ?i32[3]{0, 0, 1})"));
    assertEquals(
        "bf16[2]{2.0, 5.0}",
        eval("bf16", "tf.SegmentMean(?bf16[3]{1.0, 3.0, 5.0}, ?i32[3]{0, 0, 1})"));
  }
}
