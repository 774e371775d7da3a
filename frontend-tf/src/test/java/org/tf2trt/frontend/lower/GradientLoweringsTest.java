// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Gradients of convolutions and of pools; expected values are worked out by hand. */
final class GradientLoweringsTest {
  private static final String TWO = "?f32[1,1,2,1]{1.0, 10.0}";
  private static final String ROW = "?f32[1,1,4,1]{1.0, 2.0, 3.0, 4.0}";

  @Test
  void anElementOfAFilterMeetsTheInputOnceForEachPosition() {
    assertEquals(
        "f32[1,2,1,1]{31.0, 42.0}",
        filter("i32[4]{1, 2, 1, 1}", ROW, "?f32[1,1,2,1]{1.0, 10.0}", 2, "VALID"));
  }

  @Test
  void whatSamePadsIsZero() {
    assertEquals(
        "f32[1,3,1,1]{31.0, 42.0, 3.0}",
        filter("i32[4]{1, 3, 1, 1}", ROW, "?f32[1,1,2,1]{1.0, 10.0}", 2, "SAME"));
  }

  @Test
  void groupsAndDepthwiseFiltersKeepTheirChannelsApart() {
    String x = "?f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0}";
    String dy = "?f32[1,1,2,2]{1.0, 10.0, 100.0, 1000.0}";
    assertEquals("f32[1,1,1,2]{301.0, 4020.0}", filter("i32[4]{1, 1, 1, 2}", x, dy, 1, "VALID"));
    assertEquals(
        "f32[1,1,2,1]{301.0, 4020.0}",
        Lowered.eval(
            "f32",
            "tf.DepthwiseConv2dNativeBackpropFilter(%s, i32[4]{1, 1, 2, 1}, %s) {%s}"
                .formatted(x, dy, attrs(1, "VALID"))));
  }

  @Test
  void openExtentsArePaddedWhenTheModelRuns() {
    String text =
        Lowered.print(
            """
            graph @g(%x: f32[N,H,W,2], %d: f32[N,P,Q,3]) {
              %y: f32[*] = tf.Conv2DBackpropFilter(%x, i32[4]{3, 3, 2, 3}, %d)
                {data_format="NHWC", dilations=[1, 1, 1, 1], explicit_paddings=[],
                 padding="SAME", strides=[1, 2, 2, 1]}
              return y = %y
            }
            """);
    assertTrue(text.contains("onnx.Pad(%x, %"), text);
    assertTrue(text.contains("f32[3,3,2,3] = onnx.Reshape"), text);
  }

  @Test
  void theFirstOfEqualMaximaGetsTheGradient() {
    assertEquals(
        "f32[1,1,4,1]{0.0, 1.0, 0.0, 10.0}",
        pool("?f32[1,1,4,1]{1.0, 2.0, 2.0, 3.0}", "?f32[1,1,2,1]{1.0, 10.0}", 2, 2, "VALID"));
    assertEquals(
        "f32[1,1,4,1]{1.0, 0.0, 10.0, 0.0}",
        pool("?f32[1,1,4,1]{5.0, 5.0, 7.0, 7.0}", "?f32[1,1,2,1]{1.0, 10.0}", 2, 2, "VALID"));
  }

  @Test
  void anElementGetsTheSumOverItsWindows() {
    assertEquals(
        "f32[1,1,4,1]{0.0, 11.0, 0.0, 100.0}",
        pool(
            "?f32[1,1,4,1]{1.0, 3.0, 2.0, 4.0}", "?f32[1,1,3,1]{1.0, 10.0, 100.0}", 2, 1, "VALID"));
  }

  @Test
  void paddingGetsNothing() {
    assertEquals(
        "f32[1,1,3,1]{1.0, 0.0, 10.0}",
        pool("?f32[1,1,3,1]{-1.0, -2.0, -3.0}", "?f32[1,1,2,1]{1.0, 10.0}", 2, 2, "SAME"));
  }

  /** Of nothing but -inf the first element in the image, never the padding, gets the gradient. */
  @Test
  void minusInfinityIsAMaximumToo() {
    String low = "-inf, -inf";
    assertEquals(
        "f32[1,1,4,1]{1.0, 0.0, 10.0, 0.0}",
        pool("?f32[1,1,4,1]{%1$s, %1$s}".formatted(low), TWO, 2, 2, "VALID"));
    assertEquals(
        "f32[1,1,3,1]{1.0, 10.0, 0.0}",
        pool("?f32[1,1,3,1]{%s, -inf}".formatted(low), TWO, 3, 2, "SAME"));
    assertEquals(
        "f32[1,1,3,1]{0.0, 1.0, 10.0}",
        pool("?f32[1,1,3,1]{-inf, -3.4028235E38, 2.0}", TWO, 3, 2, "SAME"));
  }

  @Test
  void anAverageSharesItsGradientAmongTheElementsInTheImage() {
    assertEquals("f32[1,1,4,1]{0.5, 0.5, 5.0, 5.0}", average(4, TWO, 2, 2, "VALID"));
    assertEquals("f32[1,1,3,1]{0.5, 5.5, 5.0}", average(3, TWO, 3, 2, "SAME"));
    assertEquals("f32[1,1,5,1]{1.0, 0.0, 0.0, 10.0, 0.0}", average(5, TWO, 1, 3, "SAME"));
  }

  @Test
  void refusesWindowsOverChannelsAndIntegers() {
    String attrs =
        " {data_format=\"NHWC\", explicit_paddings=[], ksize=[1, 1, 1, 2], padding=\"VALID\","
            + " strides=[1, 1, 1, 2]}";
    String three = "tf.MaxPoolGrad(%1$s, %1$s, %1$s)";
    assertTrue(
        Lowered.refusal("f32", three.formatted("?f32[1,1,1,2]{1.0, 2.0}") + attrs)
            .contains("spans batch or channels"));
    assertTrue(
        Lowered.refusal(
                "i32",
                three.formatted("?i32[1,1,1,2]{1, 2}") + attrs.replace("1, 1, 1, 2", "1, 1, 1, 1"))
            .contains("integers"));
  }

  @Test
  void needsNoScatter() {
    assertFalse(
        Lowered.ops("f32", poolNode(ROW, "?f32[1,1,2,1]{1.0, 10.0}", 2, 2, "VALID"))
            .contains("Scatter"));
  }

  private static String filter(String sizes, String x, String dy, int stride, String padding) {
    return Lowered.eval(
        "f32",
        "tf.Conv2DBackpropFilter(%s, %s, %s) {%s}".formatted(x, sizes, dy, attrs(stride, padding)));
  }

  private static String attrs(int stride, String padding) {
    return "data_format=\"NHWC\", dilations=[1, 1, 1, 1], explicit_paddings=[], padding=\"%s\","
            .formatted(padding)
        + " strides=[1, %1$d, %1$d, 1]".formatted(stride);
  }

  private static String pool(String x, String dy, int width, int stride, String padding) {
    return Lowered.eval("f32", poolNode(x, dy, width, stride, padding));
  }

  private static String average(int extent, String dy, int width, int stride, String padding) {
    String shape = "i32[4]{1, 1, %d, 1}, ".formatted(extent);
    return Lowered.eval(
        "f32",
        poolNode("", "", width, stride, padding)
            .replaceFirst("MaxPoolGrad\\([^)]*\\)", "AvgPoolGrad(" + shape + dy + ")"));
  }

  private static String poolNode(String x, String dy, int width, int stride, String padding) {
    return "tf.MaxPoolGrad(%s, %s, %s) {ksize=[1, 1, %d, 1], %s}"
        .formatted(x, dy, dy, width, attrs(stride, padding).replace("dilations=[1, 1, 1, 1], ", ""))
        .replace(
            "strides=[1, %1$d, %1$d, 1]".formatted(stride), "strides=[1, 1, " + stride + ", 1]");
  }
}
