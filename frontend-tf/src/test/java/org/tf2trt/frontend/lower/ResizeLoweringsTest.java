// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Expected values are TensorFlow's. */
final class ResizeLoweringsTest {
  private static final String ROW3 = "?f32[1,1,3,1]{0.0, 4.0, 8.0}";
  private static final String ROW5 = "?f32[1,1,5,1]{1.0, 2.0, 3.0, 4.0, 5.0}";
  private static final String LEGACY = "align_corners=false, half_pixel_centers=false";
  private static final String ALIGNED = "align_corners=true, half_pixel_centers=false";
  private static final String HALF = "align_corners=false, half_pixel_centers=true";

  @Test
  void bilinearInThreeCoordinateSystems() {
    check(Near.of(0, 2.4, 4.8, 7.2, 8), "ResizeBilinear", ROW3, LEGACY);
    check(Near.of(0, 2, 4, 6, 8), "ResizeBilinear", ROW3, ALIGNED);
    check(Near.of(0, 1.6, 4, 6.4, 8), "ResizeBilinear", ROW3, HALF);
  }

  @Test
  void bilinearOfBytesIsFloat() {
    assertEquals(
        "f32[1,1,4,1]{0.0, 1.0, 2.0, 2.0}",
        Lowered.eval(
            "f32", "tf.ResizeBilinear(?u8[1,1,2,1]{0, 2}, i32[2]{1, 4}) {" + LEGACY + "}"));
  }

  @Test
  void nearestRoundsByCoordinateSystem() {
    assertEquals("f32[1,1,3,1]{1.0, 2.0, 4.0}", nearest(LEGACY));
    assertEquals("f32[1,1,3,1]{1.0, 3.0, 5.0}", nearest(ALIGNED));
    assertEquals("f32[1,1,3,1]{1.0, 3.0, 5.0}", nearest(HALF));
  }

  @Test
  void nearestGathersWhereResizeWouldPickAnotherPixel() {
    Sampling legacy = new Sampling(false, false);
    long in = 1;
    long out = 1;
    while (legacy.resizePicksTheSame(in, out)) { // the first pair that rounding tells apart
      out = out == 64 ? 1 : out + 1;
      in = out == 1 ? in + 1 : in;
    }
    String node = "tf.ResizeNearestNeighbor(%s, i32[2]{1, " + out + "}) {" + LEGACY + "}";
    String row = "?f32[1,1," + in + ",1]{" + "1.0, ".repeat((int) in - 1) + "1.0}";
    assertEquals("Gather Gather", Lowered.ops("f32", node.formatted(row)));
    assertEquals(
        "Transpose Resize Transpose",
        Lowered.ops(
            "f32", "tf.ResizeNearestNeighbor(" + ROW5 + ", i32[2]{1, 10}) {" + LEGACY + "}"));
  }

  @Test
  void bicubicTakesItsWeightsFromTheTable() {
    check(
        Near.of(0, 2.014406442642212, 5.088960647583008, 7.391390800476074, 8.431859016418457),
        "ResizeBicubic",
        ROW3,
        LEGACY);
    check(Near.of(0, 1.625, 4, 6.375, 8), "ResizeBicubic", ROW3, ALIGNED);
    check(
        Near.of(-0.302102267742157, 1.2254526615142822, 4, 6.774547576904297, 8.302102088928223),
        "ResizeBicubic",
        ROW3,
        HALF);
  }

  @Test
  void bicubicToASizeOfTheRunGivesTheSame() {
    for (String mode : new String[] {LEGACY, ALIGNED, HALF}) {
      String known = eval("ResizeBicubic", ROW3, mode);
      String runtime =
          Lowered.eval("f32", "tf.ResizeBicubic(" + ROW3 + ", ?i32[2]{1, 5}) {" + mode + "}");
      double[] expected =
          java.util.Arrays.stream(
                  known.substring(known.indexOf('{') + 1, known.indexOf('}')).split(", "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      assertNear("f32[1,1,5,1]", expected, runtime);
    }
  }

  @Test
  void areaAveragesSharesOfPixels() {
    String row = "(?f32[1,1,4,1]{1.0, 2.0, 3.0, 4.0}, ";
    assertNear(
        "f32[1,1,3,1]",
        Near.of(1.25, 2.5, 3.75),
        Lowered.eval("f32", "tf.ResizeArea" + row + "i32[2]{1, 3}) {align_corners=false}"));
    assertNear(
        "f32[1,1,3,1]",
        Near.of(1.25, 2.5, 3.75),
        Lowered.eval("f32", "tf.ResizeArea" + row + "?i32[2]{1, 3}) {align_corners=false}"));
    assertEquals(
        "Transpose AveragePool Transpose",
        Lowered.ops("f32", "tf.ResizeArea" + row + "i32[2]{1, 2}) {align_corners=false}"));
  }

  @Test
  void antialiasWidensTheKernel() {
    String node =
        "tf.ScaleAndTranslate(?f32[1,1,4,1]{1.0, 2.0, 3.0, 4.0}, i32[2]{1, 2}, %s,"
            + " f32[2]{0.0, 0.0}) {antialias=true, kernel_type=\"%s\"}";
    assertNear(
        "f32[1,1,2,1]",
        Near.of(12.0 / 7, 23.0 / 7),
        Lowered.eval("f32", node.formatted("f32[2]{1.0, 0.5}", "triangle")));
    assertTrue(Lowered.refusal("f32", node.formatted("f32[2]{1.0, 0.5}", "sinc")).contains("sinc"));
  }

  @Test
  void aScaleOfTheRunGivesTheSameWeightsForEveryKernel() {
    String node =
        "tf.ScaleAndTranslate(?f32[1,1,6,1]{1.0, -2.0, 3.0, 4.0, -5.0, 6.0}, i32[2]{1, 7}, %s, %s)"
            + " {antialias=%s, kernel_type=\"%s\"}";
    for (SamplingKernel kernel : SamplingKernel.values()) {
      for (String antialias : List.of("true", "false")) {
        for (String scale : List.of("0.45", "1.0", "1.7")) {
          String name = kernel.name().toLowerCase(Locale.ROOT);
          String scales = "f32[2]{1.0, " + scale + "}";
          String moves = "f32[2]{0.0, -0.75}";
          String known = node.formatted(scales, moves, antialias, name);
          String atRun = node.formatted("?" + scales, "?" + moves, antialias, name);
          assertNear(
              "f32[1,1,7,1]", values(Lowered.eval("f32", known)), Lowered.eval("f32", atRun));
        }
      }
    }
  }

  @Test
  void openExtentsAreReadWhenTheModelRuns() {
    String text =
        Lowered.print(
            """
            graph @g(%x: f32[1,H,W,1]) {
              %y: f32[*] = tf.ScaleAndTranslate(%x, i32[2]{3, 4}, f32[2]{0.5, 0.5}, f32[2]{0.0, 0.0})
                {antialias=true, kernel_type="lanczos3"}
              return y = %y
            }
            """);
    assertTrue(text.contains("f32[1,3,4,1] = onnx.Transpose"), text);
  }

  private static double[] values(String tensor) {
    String elements = tensor.substring(tensor.indexOf('{') + 1, tensor.indexOf('}'));
    return Arrays.stream(elements.split(", ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static void check(double[] expected, String op, String image, String attrs) {
    assertNear("f32[1,1,5,1]", expected, eval(op, image, attrs));
  }

  private static String eval(String op, String image, String attrs) {
    return Lowered.eval("f32", "tf.%s(%s, i32[2]{1, 5}) {%s}".formatted(op, image, attrs));
  }

  private static String nearest(String attrs) {
    return Lowered.eval(
        "f32", "tf.ResizeNearestNeighbor(" + ROW5 + ", i32[2]{1, 3}) {" + attrs + "}");
  }

  @Test
  void aSizeOfTheRunHasTwoElements() {
    String lowered =
        Lowered.print(
            """
            graph @t(%x: f32[1,2,3,1], %size: i32[?]) {
              %0: f32[*] = tf.ResizeBilinear(%x, %size) {align_corners=false, half_pixel_centers=true}
              return o = %0
            }
            """);
    assertTrue(lowered.contains(": i64[4] = onnx.Concat("), lowered);
  }
}
