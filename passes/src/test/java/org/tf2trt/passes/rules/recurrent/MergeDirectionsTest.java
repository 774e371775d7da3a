// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.PassTester;

class MergeDirectionsTest {
  private static String both(String activation, String lengths) {
    return """
    (%x: f32[T,N,1], %l: i32[2]) {
      %0: f32[T,1,N,1], %1: f32[1,N,1] = onnx.RNN(%x, f32[1,1,1]{0.5}, f32[1,1,1]{0.25}, f32[1,2]{0.1, 0.0}, %l) {activations=["Tanh"], hidden_size=1}
      %2: f32[T,1,N,1] = onnx.Neg(%0)
      %3: f32[T,1,N,1], %4: f32[1,N,1] = onnx.RNN(%x, f32[1,1,1]{-0.5}, f32[1,1,1]{0.75}, f32[1,2]{0.2, 0.3}, LENGTHS) {activations=["ACTIVATION"], direction="reverse", hidden_size=1}
      return a = %2, b = %3, last = %4
    }
    """
        .replace("ACTIVATION", activation)
        .replace("LENGTHS", lengths);
  }

  @Test
  void oneOpOfTwoDirections() {
    PassTester.of(new MergeDirections())
        .rewrites(
            both("Tanh", "%l"),
            """
            (%x: f32[T,N,1], %l: i32[2]) {
              %0: f32[T,2,N,1], %1: f32[2,N,1] = onnx.RNN(%x, f32[2,1,1]{0.5, -0.5}, f32[2,1,1]{0.25, 0.75}, f32[2,2]{0.1, 0.0, 0.2, 0.3}, %l) {activations=["Tanh", "Tanh"], direction="bidirectional", hidden_size=1}
              %2: f32[T,1,N,1], %3: f32[T,1,N,1] = onnx.Split(%0) {axis=1, num_outputs=2}
              %4: f32[1,N,1], %5: f32[1,N,1] = onnx.Split(%1) {axis=0, num_outputs=2}
              %6: f32[T,1,N,1] = onnx.Neg(%2)
              return a = %6, b = %3, last = %5
            }
            """);
  }

  @Test
  void otherActivationsStayApart() {
    PassTester.of(new MergeDirections()).keeps(both("Relu", "%l"));
  }

  @Test
  void otherLengthsStayApart() {
    PassTester.of(new MergeDirections()).keeps(both("Tanh", "_"));
  }
}
