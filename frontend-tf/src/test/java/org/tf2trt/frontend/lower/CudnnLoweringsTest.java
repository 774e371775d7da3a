// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Layers small enough to follow; those of real sizes are the golden cases of make_cudnn.py. */
class CudnnLoweringsTest {
  private static final String X = "?f32[3,1,1]{1.0, 2.0, 3.0}";
  private static final String H = "?f32[1,1,1]{1.0}";

  /** One unit: what comes in counts twice, the state once, and there are two biases. */
  private static final String PARAMS = "f32[4]{2.0, 1.0, 0.5, 0.25}";

  private static String v2(String x, String h, String params, String attrs) {
    return "tf.CudnnRNNV2(%s, %s, f32[]{0.0}, %s) {T=f32, direction=\"unidirectional\", dropout=0.0, input_mode=\"linear_input\", is_training=false, rnn_mode=\"rnn_relu\", seed=0, seed2=0}"
        .formatted(x, h, params)
        .replace(
            "is_training=false",
            attrs.contains("is_training") ? "is_training=true" : "is_training=false")
        .replace("dropout=0.0", attrs.contains("dropout") ? "dropout=0.5" : "dropout=0.0")
        .replace(
            "linear_input",
            attrs.contains("_input") || attrs.contains("auto_select") ? attrs : "linear_input");
  }

  private static String v3(String x, String h, String lengths, String attrs) {
    return "tf.CudnnRNNV3(%s, %s, f32[]{0.0}, %s, %s) {T=f32, direction=\"unidirectional\", dropout=0.0, input_mode=\"linear_input\", is_training=true, rnn_mode=\"rnn_relu\", seed=0, seed2=0, %s}"
        .formatted(x, h, PARAMS, lengths, attrs);
  }

  @Test
  void eachStepAddsWhatComesInTheStateAndBothBiases() {
    assertEquals(
        "f32[3,1,1]{3.75, 8.5, 15.25} f32[1,1,1]{15.25} f32[]{0.0}",
        Lowered.eval("f32 f32 f32", v2(X, H, PARAMS, "")));
  }

  @Test
  void parametersMayBeComputed() {
    assertEquals(
        "f32[3,1,1]{3.75, 8.5, 15.25} f32[1,1,1]{15.25}",
        Lowered.eval("f32 f32", v2(X, H, "?" + PARAMS, "")));
  }

  @Test
  void matricesOfAllLayersComeBeforeTheirBiases() {
    String params = "f32[8]{2.0, 1.0, 10.0, 0.0, 0.5, 0.25, 0.0, 1.0}";
    assertEquals(
        "f32[3,1,1]{38.5, 86.0, 153.5} f32[2,1,1]{15.25, 153.5}",
        Lowered.eval("f32 f32", v2(X, "?f32[2,1,1]{1.0, 7.0}", params, "")));
  }

  @Test
  void theFirstStateOfZerosIsLeftOut() {
    assertEquals(
        "f32[3,1,1]{2.75, 7.5, 14.25} f32[1,1,1]{14.25}",
        Lowered.eval("f32 f32", v2(X, "f32[1,1,1]{0.0}", PARAMS, "")));
  }

  @Test
  void aSampleWithoutStepsKeepsItsState() {
    String x = "?f32[2,2,1]{1.0, 1.0, 2.0, 2.0}";
    String h = "?f32[1,2,1]{1.0, -7.0}";
    assertEquals(
        "f32[2,2,1]{3.75, 0.0, 0.0, 0.0} f32[1,2,1]{3.75, -7.0}",
        Lowered.eval("f32 f32", v3(x, h, "?i32[2]{1, 0}", "num_proj=0, time_major=true")));
  }

  @Test
  void theBatchMayComeFirst() {
    String x = "?f32[2,2,1]{1.0, 2.0, 1.0, 2.0}";
    String h = "?f32[2,1,1]{1.0, 2.0}";
    assertEquals(
        "f32[2,2,1]{3.75, 0.0, 4.75, 9.5} f32[2,1,1]{3.75, 9.5}",
        Lowered.eval("f32 f32", v3(x, h, "?i32[2]{1, 2}", "num_proj=0, time_major=false")));
  }

  @Test
  void lengthsThatAreTheWholeSequenceAreLeftOut() {
    String text =
        Lowered.print(
            """
        graph @g(%x: f32[N,T,1], %h: f32[N,1,1]) {
          %0: i32[*] = tf.Shape(%x) {T=f32, out_type=i32}
          %1: i32[*] = tf.Slice(%0, i32[1]{0}, i32[1]{1}) {Index=i32, T=i32}
          %2: i32[*] = tf.Slice(%0, i32[1]{1}, i32[1]{1}) {Index=i32, T=i32}
          %3: i32[*] = tf.Squeeze(%2) {T=i32, squeeze_dims=[]}
          %4: i32[*] = tf.Fill(%1, %3) {T=i32, index_type=i32}
          %5: f32[*] = tf.ReverseSequence(%x, %4) {T=f32, Tlen=i32, batch_dim=0, seq_dim=1}
          %6: f32[*], %7: f32[*], %8: f32[*], %9: f32[*], %10: i8[*] = tf.CudnnRNNV3(%5, %h, f32[]{0.0}, f32[4]{2.0, 1.0, 0.5, 0.25}, %4) {T=f32, direction="unidirectional", dropout=0.0, input_mode="linear_input", is_training=true, num_proj=0, rnn_mode="rnn_tanh", seed=0, seed2=0, time_major=false}
          return y = %6
        }
        """);
    assertTrue(text.contains("onnx.Slice(%x, i64[1]{-1}"), text);
    assertTrue(text.contains("f32[1,2]{0.5, 0.25}, _, "), text);
  }

  private static void refused(String reason, String dtypes, String node) {
    String text = Lowered.refusal(dtypes, node);
    assertTrue(text.contains(reason), text);
  }

  @Test
  void aFirstLayerWithoutMatricesIsRefused() {
    refused("[TF013]", "f32", v2(X, H, "f32[3]{1.0, 0.5, 0.25}", "skip_input"));
    refused("input_mode is auto_select", "f32", v2(X, H, PARAMS, "auto_select"));
  }

  @Test
  void projectionsAreRefused() {
    refused(
        "projects its output (num_proj)",
        "f32",
        v3(X, H, "i32[1]{3}", "num_proj=2, time_major=true"));
  }

  @Test
  void dropoutBetweenLayersIsRefusedInTrainingOnly() {
    String h = "?f32[2,1,1]{1.0, 7.0}";
    String params = "f32[8]{2.0, 1.0, 10.0, 0.0, 0.5, 0.25, 0.0, 1.0}";
    refused("drops out values", "f32", v2(X, h, params, "is_training, dropout"));
    assertEquals("f32[3,1,1]{38.5, 86.0, 153.5}", Lowered.eval("f32", v2(X, h, params, "dropout")));
    assertEquals(
        "f32[3,1,1]{3.75, 8.5, 15.25}",
        Lowered.eval("f32", v2(X, H, PARAMS, "is_training, dropout")));
  }

  @Test
  void whatOnlyTrainingNeedsIsRefused() {
    refused("output 3 is read", "f32 f32 f32 f32", v2(X, H, PARAMS, ""));
  }

  @Test
  void parametersOfAnotherSizeAreRefused() {
    refused(
        "params has 5 elements, expected 4 for 1 layers of 1 x 1 units that read 1 inputs",
        "f32",
        v2(X, H, "f32[5]{2.0, 1.0, 0.5, 0.25, 0.0}", ""));
  }

  @Test
  void inputsOfUnknownWidthFollowFromTheParameters() {
    String text =
        Lowered.print(
            """
            graph @g(%x: f32[T,N,?], %h: f32[1,N,2]) {
              %0: f32[*], %1: f32[*], %2: f32[*], %3: f32[*], %4: i8[*] = tf.CudnnRNNV2(%x, %h, f32[]{0.0}, f32[14]{0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0}) {T=f32, direction="unidirectional", dropout=0.0, input_mode="linear_input", is_training=false, rnn_mode="rnn_tanh", seed=0, seed2=0}
              return y = %0
            }
            """);
    assertTrue(text.contains("f32[1,2,3]{0.0, 1.0, 2.0, 3.0, 4.0, 5.0}, f32[1,2,2]{6.0"), text);
  }
}
