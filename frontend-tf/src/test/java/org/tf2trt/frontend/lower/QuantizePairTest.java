// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Near.assertNear;

import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.lower.LoweringOptions.FakeQuant;

/** With {@code --fake-quant qdq}. Expected values are TensorFlow's. */
final class QuantizePairTest {
  private static final LoweringTester QDQ =
      LoweringTester.of().options(LoweringOptions.DEFAULT.with(FakeQuant.QDQ));

  /** Behind a product, where values lie on no grid. */
  private static String behindConv(String fakeQuant) {
    return QDQ.print(
        """
        graph @t(%%x: f32[N,2,2,1]) {
          %%0: f32[*] = tf.Conv2D(%%x, f32[1,1,1,1]{1.0}) {T=f32, data_format="NHWC", dilations=[1, 1, 1, 1], explicit_paddings=[], padding="VALID", strides=[1, 1, 1, 1], use_cudnn_on_gpu=true}
          %%1: f32[*] = %s
          return y = %%1
        }
        """
            .formatted(fakeQuant));
  }

  private static String args(String min, String max, int bits, boolean narrow) {
    return "tf.FakeQuantWithMinMaxArgs(%%0) {max=%s, min=%s, narrow_range=%s, num_bits=%d}"
        .formatted(max, min, narrow, bits);
  }

  @Test
  void aRangeFromZeroKeepsItsZeroPoint() {
    String graph = behindConv(args("0.0", "6.0", 8, false));
    assertTrue(
        graph.contains("u8[N,2,2,1] = onnx.QuantizeLinear(%2, f32[]{0.023529412}, u8[]{0})"));
    assertTrue(graph.contains("onnx.DequantizeLinear(%3, f32[]{0.023529412}, u8[]{0})"));
  }

  @Test
  void levelsThatI8HoldsAreI8() {
    String graph = behindConv(args("-1.28", "1.27", 8, false));
    assertTrue(
        graph.contains("i8[N,2,2,1] = onnx.QuantizeLinear(%2, f32[]{0.01}, i8[]{0})"), graph);
  }

  @Test
  void fewerLevelsThanTheTypeHasAreClampedBefore() {
    String narrow = behindConv(args("-1.27", "1.27", 8, true));
    assertTrue(narrow.contains("onnx.Min(%2, f32[]{1.27})"), narrow);
    assertTrue(narrow.contains("onnx.QuantizeLinear(%4, f32[]{0.01}, i8[]{0})"), narrow);
    String few = behindConv(args("0.0", "1.5", 4, false));
    assertTrue(few.contains("onnx.Min(%2, f32[]{1.5})"), few);
    assertTrue(few.contains("onnx.QuantizeLinear(%4, f32[]{0.1}, i8[]{0})"), few);
  }

  @Test
  void moreThan8BitsStayArithmetic() {
    String graph = behindConv(args("0.0", "6.0", 16, false));
    assertTrue(graph.contains("onnx.Floor") && !graph.contains("QuantizeLinear"), graph);
  }

  @Test
  void tiesOfInputsAreRoundedAsTensorFlowDoes() {
    String half =
        "tf.FakeQuantWithMinMaxVars(?f32[4]{-1.0, -0.5, 0.5, 1.0}, f32[]{-1.0}, f32[]{1.0})"
            + " {narrow_range=false, num_bits=8}";
    assertNear(
        "f32[4]", Near.of(-0.9960785, -0.5019608, 0.5019608, 1.0039216), QDQ.eval("f32", half));
    assertEquals(
        "Min Max Sub Div Sub Add Floor Mul QuantizeLinear DequantizeLinear", QDQ.ops("f32", half));
  }

  @Test
  void weightsAreStoredIn8Bits() {
    assertEquals(
        "f32[3]{-1.27, 0.01, 1.27}",
        QDQ.eval(
            "f32",
            "tf.FakeQuantWithMinMaxVars(f32[3]{-3.0, 0.0101, 2.0}, f32[]{-1.27}, f32[]{1.27})"
                + " {narrow_range=true, num_bits=8}"));
    String graph =
        QDQ.print(
            """
            graph @t() {
              %0: f32[*] = tf.FakeQuantWithMinMaxVarsPerChannel(f32[2,2]{-0.5, 0.25, 1.27, 9.0}, f32[2]{-1.27, -2.54}, f32[2]{1.27, 2.54}) {narrow_range=true, num_bits=8}
              return y = %0
            }
            """);
    assertTrue(
        graph.contains(
            "onnx.DequantizeLinear(i8[2,2]{-50, 13, 127, 127}, f32[2]{0.01, 0.02}, i8[2]{0, 0})"
                + " {axis=1}"),
        graph);
  }

  @Test
  void weightsOfARangeThatI8LacksAreU8() {
    String graph =
        QDQ.print(
            """
            graph @t() {
              %0: f32[*] = tf.FakeQuantWithMinMaxVars(f32[2]{-1.0, 1.55}, f32[]{-1.0}, f32[]{1.55}) {narrow_range=false, num_bits=8}
              return y = %0
            }
            """);
    assertTrue(
        graph.contains("onnx.DequantizeLinear(u8[2]{0, 255}, f32[]{0.01}, u8[]{100})"), graph);
  }

  @Test
  void rangesMeasuredOnWeightsAreKnown() {
    String graph =
        QDQ.print(
            """
            graph @t() {
              %0: f32[*] = tf.Abs(f32[2]{-1.27, 0.5}) {T=f32}
              %1: f32[*] = tf.Max(%0, i32[1]{0}) {T=f32, Tidx=i32, keep_dims=false}
              %2: f32[*] = tf.Neg(%1) {T=f32}
              %3: f32[*] = tf.FakeQuantWithMinMaxVars(f32[2]{-1.27, 0.5}, %2, %1) {narrow_range=true, num_bits=8}
              return y = %3
            }
            """);
    assertTrue(graph.contains("i8[2]{-127, 50}"), graph);
  }

  @Test
  void aRangeOfTheRunStaysArithmetic() {
    String ops =
        QDQ.ops(
            "f32",
            "tf.FakeQuantWithMinMaxVars(?f32[2]{0.1, 0.2}, ?f32[]{-1.0}, ?f32[]{1.0})"
                + " {narrow_range=false, num_bits=8}");
    assertTrue(ops.contains("Floor") && !ops.contains("QuantizeLinear"), ops);
  }

  @Test
  void channelsOfARunStayArithmetic() {
    String ops =
        QDQ.ops(
            "f32",
            "tf.FakeQuantWithMinMaxVarsPerChannel(?f32[1,2]{0.1, 0.2}, f32[2]{-1.0, -1.0},"
                + " f32[2]{1.0, 2.0}) {narrow_range=false, num_bits=8}");
    assertTrue(ops.contains("Floor") && !ops.contains("QuantizeLinear"), ops);
  }

  @Test
  void quantizeAndDequantizeOfAGivenRange() {
    assertEquals("QuantizeLinear DequantizeLinear", QDQ.ops("f32", given(false)));
    assertEquals("Min Max QuantizeLinear DequantizeLinear", QDQ.ops("f32", given(true)));
    assertNear("f32[4]", Near.of(-1.28, -0.25, 0.25, 1.27), QDQ.eval("f32", given(false)));
    assertNear("f32[4]", Near.of(-1.28, -0.2519685, 0.2519685, 1.28), QDQ.eval("f32", given(true)));
  }

  private static String given(boolean narrow) {
    return "tf.QuantizeAndDequantizeV2(?f32[4]{-9.0, -0.251, 0.251, 9.0}, f32[]{-1.28}, f32[]{1.27})"
        + " {axis=-1, narrow_range="
        + narrow
        + ", num_bits=8, range_given=true, round_mode=\"HALF_TO_EVEN\", signed_input=true}";
  }
}
