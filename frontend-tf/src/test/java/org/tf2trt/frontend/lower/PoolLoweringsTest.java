// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Expected values are TensorFlow's. */
final class PoolLoweringsTest {
  @Test
  void paddingIsNoPartOfAnAverage() {
    assertEquals(
        "f32[1,1,2,1]{1.5, 3.0}",
        Lowered.eval("f32", pool("AvgPool", "?f32[1,1,3,1]{1.0, 2.0, 3.0}", 2)));
  }

  @Test
  void paddingNeverWins() {
    assertEquals(
        "f32[1,1,2,1]{-1.0, -3.0}",
        Lowered.eval("f32", pool("MaxPool", "?f32[1,1,3,1]{-1.0, -2.0, -3.0}", 2)));
  }

  @Test
  void integersArePooledInATypeThatHoldsThem() {
    assertEquals(
        "i32[1,1,2,1]{-1, 2147483647}",
        Lowered.eval("i32", pool("MaxPool", "?i32[1,1,3,1]{-1, -2, 2147483647}", 2)));
    assertTrue(
        Lowered.refusal("i64", pool("MaxPool", "?i64[1,1,3,1]{-1, -2, 3}", 2)).contains("64-bit"));
  }

  @Test
  void channelsArePooledByAReduction() {
    assertEquals(
        "f32[1,1,1,2]{5.0, 2.0}",
        Lowered.eval(
            "f32",
            "tf.MaxPool(?f32[1,1,1,4]{1.0, 5.0, 2.0, 0.0}) {data_format=\"NHWC\","
                + " explicit_paddings=[], ksize=[1, 1, 1, 2], padding=\"VALID\","
                + " strides=[1, 1, 1, 2]}"));
  }

  @Test
  void refusesWindowsOverPixelsAndChannels() {
    assertTrue(
        Lowered.refusal(
                "f32",
                "tf.MaxPool(?f32[1,1,2,2]{1.0, 5.0, 2.0, 0.0}) {data_format=\"NHWC\","
                    + " explicit_paddings=[], ksize=[1, 1, 2, 2], padding=\"VALID\","
                    + " strides=[1, 1, 2, 2]}")
            .contains("both pixels and channels"));
  }

  @Test
  void positionsCountChannelsFastest() {
    String node =
        "tf.MaxPoolWithArgmax(?f32[2,1,2,2]{1.0, 8.0, 3.0, 2.0, 5.0, 6.0, 7.0, 4.0})"
            + " {Targmax=i64, include_batch_in_index=%s, ksize=[1, 1, 2, 1], padding=\"VALID\","
            + " strides=[1, 1, 2, 1]}";
    assertEquals(
        "f32[2,1,1,2]{3.0, 8.0, 7.0, 6.0} i64[2,1,1,2]{2, 1, 2, 1}",
        Lowered.eval("f32 i64", node.formatted("false")));
    assertEquals(
        "f32[2,1,1,2]{3.0, 8.0, 7.0, 6.0} i64[2,1,1,2]{2, 1, 6, 5}",
        Lowered.eval("f32 i64", node.formatted("true")));
  }

  /** The rows that no window reaches are cut off; a runtime would pad by less than nothing. */
  @Test
  void longStridesReadNothingBetweenWindows() {
    for (String op : new String[] {"MaxPool", "AvgPool"}) {
      String text =
          Lowered.print(
              """
              graph @g(%%x: f32[N,H,1,2]) {
                %%y: f32[*] = tf.%s(%%x) {data_format="NHWC", explicit_paddings=[],
                  ksize=[1, 2, 1, 1], padding="SAME", strides=[1, 5, 1, 1]}
                return y = %%y
              }
              """
                  .formatted(op));
      assertTrue(text.contains("onnx.Slice(%x, i64[1]{0}, "), text);
      assertTrue(text.contains("f32[N,2,floordiv(H+4,5),1] = onnx."), text);
    }
  }

  private static String pool(String op, String image, int window) {
    return "tf.%s(%s) {data_format=\"NHWC\", explicit_paddings=[], ksize=[1, 1, %d, 1], "
            .formatted(op, image, window)
        + "padding=\"SAME\", strides=[1, 1, %d, 1]}".formatted(window);
  }
}
