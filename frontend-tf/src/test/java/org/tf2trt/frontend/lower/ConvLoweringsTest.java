// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Expected values are TensorFlow's. */
final class ConvLoweringsTest {
  private static final String FILTER = "f32[2,2,1,1]{1.0, 2.0, 3.0, 4.0}";
  private static final String IMAGE =
      "?f32[1,4,3,1]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0}";

  @Test
  void samePadsTheOddRowAtTheEnd() {
    assertEquals(
        "f32[1,2,2,1]{37.0, 21.0, 97.0, 45.0}",
        conv(IMAGE, FILTER, "padding=\"SAME\", strides=[1, 2, 2, 1], explicit_paddings=[]"));
  }

  @Test
  void explicitPaddingStandsBeforeAndAfterEachAxis() {
    assertEquals(
        "f32[1,2,2,1]{11.0, 9.0, 67.0, 33.0}",
        conv(
            IMAGE,
            FILTER,
            "padding=\"EXPLICIT\", strides=[1, 2, 2, 1],"
                + " explicit_paddings=[0, 0, 1, 0, 0, 2, 0, 0]"));
  }

  @Test
  void channelsThatTheFilterLacksAreGroups() {
    assertEquals(
        "f32[1,1,2,2]{7.0, 22.0, 23.0, 46.0}",
        conv(
            "?f32[1,1,2,4]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}",
            "f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0}",
            "padding=\"VALID\", strides=[1, 1, 1, 1], explicit_paddings=[]"));
  }

  @Test
  void depthwiseOutputsAreOrderedByChannelThenMultiplier() {
    assertEquals(
        "f32[1,1,2,4]{1.0, 2.0, 6.0, 8.0, 3.0, 6.0, 12.0, 16.0}",
        Lowered.eval(
            "f32",
            "tf.DepthwiseConv2dNative(?f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0},"
                + " f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0}) {data_format=\"NHWC\","
                + " dilations=[1, 1, 1, 1], explicit_paddings=[], padding=\"SAME\","
                + " strides=[1, 1, 1, 1]}"));
  }

  @Test
  void unknownExtentsNeedAutoPadOnlyForStrides() {
    assertTrue(dynamic("strides=[1, 2, 2, 1]").contains("auto_pad=\"SAME_UPPER\""));
    assertTrue(dynamic("strides=[1, 1, 1, 1]").contains("pads=[0, 0, 1, 1]"));
  }

  @Test
  void unknownExtentsAreCutForStridesLongerThanTheFilter() {
    assertTrue(dynamic("strides=[1, 3, 2, 1]").contains("onnx.Slice"));
    assertTrue(!dynamic("strides=[1, 2, 2, 1]").contains("onnx.Slice"));
  }

  @Test
  void channelsFirstNeedNoTranspose() {
    String text =
        Lowered.print(
            """
            graph @g(%x: f32[N,1,H,W]) {
              %y: f32[*] = tf.Conv2D(%x, f32[2,2,1,1]{1.0, 2.0, 3.0, 4.0}) {data_format="NCHW",
                dilations=[1, 1, 1, 2], explicit_paddings=[], padding="VALID",
                strides=[1, 1, 1, 1]}
              return y = %y
            }
            """);
    assertTrue(
        text.contains(
            "f32[N,1,H-1,W-2] = onnx.Conv(%x, f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0})"
                + " {dilations=[1, 2], kernel_shape=[2, 2]}"),
        text);
  }

  @Test
  void refusesPackedChannels() {
    assertTrue(
        Lowered.refusal(
                "f32",
                "tf.Conv2D("
                    + IMAGE
                    + ", "
                    + FILTER
                    + ") {data_format=\"NCHW_VECT_C\", dilations=[1, 1, 1, 1],"
                    + " explicit_paddings=[], padding=\"SAME\", strides=[1, 1, 1, 1]}")
            .contains("NCHW_VECT_C"));
  }

  private static String dynamic(String strides) {
    return Lowered.print(
        """
        graph @g(%%x: f32[1,?,?,1]) {
          %%y: f32[*] = tf.Conv2D(%%x, f32[2,2,1,1]{1.0, 2.0, 3.0, 4.0}) {data_format="NHWC",
            dilations=[1, 1, 1, 1], explicit_paddings=[], padding="SAME", %s}
          return y = %%y
        }
        """
            .formatted(strides));
  }

  private static String conv(String image, String filter, String attrs) {
    return Lowered.eval(
        "f32",
        "tf.Conv2D(%s, %s) {data_format=\"NHWC\", dilations=[1, 1, 1, 1], %s}"
            .formatted(image, filter, attrs));
  }
}
