// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.lower.Lowered.eval;

import org.junit.jupiter.api.Test;

/** Shapes as values, and reshaping. */
final class ShapeLoweringsTest {
  @Test
  void shapeHasTheTypeAsked() {
    assertEquals("i32[2]{2, 3}", eval("i32", "tf.Shape(?f32[2,3]{1.0, 1.0, 1.0, 1.0, 1.0, 1.0})"));
    assertEquals("i64[]{2}", eval("i64", "tf.Size(?f32[2]{1.0, 1.0})"));
    assertEquals("i32[]{2}", eval("i32", "tf.Rank(?f32[2,1]{1.0, 1.0})"));
  }

  @Test
  void reshapeKeepsZeroExtents() {
    assertEquals("f32[3,0]{}", eval("f32", "tf.Reshape(?f32[0,3]{}, i32[2]{3, 0})"));
  }

  @Test
  void squeezeOfOpenDimsOnlyIsDecidedInTheCall() {
    assertEquals(
        """
        graph @t(%x: f32[N,M,3]) {
          %0: f32[*] = onnx.Squeeze(%x)
          return y = %0
        }
        """,
        Lowered.print(
            """
            graph @t(%x: f32[N,M,3]) {
              %0: f32[*] = tf.Squeeze(%x) {squeeze_dims=[]}
              return y = %0
            }
            """));
  }

  @Test
  void squeezeDropsOnesOnly() {
    assertEquals(
        "f32[2]{1.0, 2.0}", eval("f32", "tf.Squeeze(?f32[1,2,1]{1.0, 2.0}) {squeeze_dims=[]}"));
    assertEquals(
        "f32[1,2]{1.0, 2.0}", eval("f32", "tf.Squeeze(?f32[1,2,1]{1.0, 2.0}) {squeeze_dims=[-1]}"));
  }

  @Test
  void expandDimsCountsFromTheEnd() {
    assertEquals("f32[2,1]{1.0, 2.0}", eval("f32", "tf.ExpandDims(?f32[2]{1.0, 2.0}, i32[]{-1})"));
  }

  @Test
  void broadcastArgsFillsWithOnes() {
    assertEquals("i32[2]{2, 3}", eval("i32", "tf.BroadcastArgs(?i32[1]{3}, ?i32[2]{2, 1})"));
    assertEquals(
        "i32[1]{0} i32[1]{1}",
        eval("i32 i32", "tf.BroadcastGradientArgs(?i32[1]{3}, ?i32[2]{2, 1})"));
  }

  @Test
  void fillOfComputedDims() {
    assertEquals("f32[1,2]{7.0, 7.0}", eval("f32", "tf.Fill(?i32[2]{1, 2}, f32[]{7.0})"));
  }

  /** The shape arithmetic of a Keras Flatten leaves nothing behind. */
  @Test
  void symbolicShapeArithmeticBecomesMinusOne() {
    assertEquals(
        """
        graph @t(%x: f32[N,2,3]) {
          %0: f32[N,6] = onnx.Reshape(%x, i64[2]{-1, 6})
          return y = %0
        }
        """,
        Lowered.print(
            """
            graph @t(%x: f32[N,2,3]) {
              %0: i32[3] = tf.Shape(%x)
              %1: i32[] = tf.StridedSlice(%0, i32[1]{0}, i32[1]{1}, i32[1]{1})
                {begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=1}
              %2: i32[2] = tf.Pack(%1, i32[]{6}) {axis=0}
              %3: f32[N,6] = tf.Reshape(%x, %2)
              return y = %3
            }
            """));
  }
}
