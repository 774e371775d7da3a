// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recognise;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Softmax and its relatives spelt out. */
final class SoftmaxRulesTest {
  @Test
  void softmaxWithTheLargestSubtracted() {
    RuleTester.of(new RecogniseSoftmax())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,1] = onnx.ReduceMax(%x, i64[1]{-1}) {keepdims=1}
              %1: f32[N,4] = onnx.Sub(%x, %0)
              %2: f32[N,4] = onnx.Exp(%1)
              %3: f32[N,1] = onnx.ReduceSum(%2, i64[1]{1}) {keepdims=1}
              %4: f32[N,4] = onnx.Div(%2, %3)
              return y = %4
            }
            """,
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Softmax(%x) {axis=1}
              return y = %0
            }
            """);
  }

  @Test
  void sumOverEverythingStays() {
    RuleTester.of(new RecogniseSoftmax())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Exp(%x)
              %1: f32[1,1] = onnx.ReduceSum(%0, i64[2]{0, 1}) {keepdims=1}
              %2: f32[N,4] = onnx.Div(%0, %1)
              return y = %2
            }
            """,
            "the sum is not along one kept axis");
  }

  @Test
  void sumOfOthersStays() {
    RuleTester.of(new RecogniseSoftmax())
        .declines(
            """
            (%x: f32[N,4], %z: f32[N,4]) {
              %0: f32[N,4] = onnx.Exp(%x)
              %1: f32[N,1] = onnx.ReduceSum(%z, i64[1]{1}) {keepdims=1}
              %2: f32[N,4] = onnx.Div(%0, %1)
              return y = %2
            }
            """,
            "it is not an exponential divided by its sum");
  }

  @Test
  void logSoftmax() {
    RuleTester.of(new RecogniseLogSoftmax())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Softmax(%x) {axis=1}
              %1: f32[N,4] = onnx.Log(%0)
              %2: f32[N,4] = onnx.Exp(%x)
              %3: f32[N,1] = onnx.ReduceSum(%2, i64[1]{1}) {keepdims=1}
              %4: f32[N,1] = onnx.Log(%3)
              %5: f32[N,4] = onnx.Sub(%x, %4)
              return y = %1, z = %5
            }
            """,
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.LogSoftmax(%x) {axis=1}
              %1: f32[N,4] = onnx.LogSoftmax(%x) {axis=1}
              return y = %0, z = %1
            }
            """);
  }

  @Test
  void sharedSoftmaxStays() {
    RuleTester.of(new RecogniseLogSoftmax())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Softmax(%x) {axis=1}
              %1: f32[N,4] = onnx.Log(%0)
              return y = %1, z = %0
            }
            """,
            "its input is not a Softmax read only here");
  }

  @Test
  void anotherDifferenceStays() {
    RuleTester.of(new RecogniseLogSoftmax())
        .declines(
            """
            (%x: f32[N,4], %z: f32[N,4]) {
              %0: f32[N,4] = onnx.Sub(%x, %z)
              return y = %0
            }
            """,
            "it does not subtract the logarithm of the sum of its exponentials");
  }

  @Test
  void softplus() {
    RuleTester.of(new RecogniseSoftplus())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Exp(%x)
              %1: f32[N] = onnx.Add(%0, f32[]{1.0})
              %2: f32[N] = onnx.Log(%1)
              return y = %2
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Softplus(%x)
              return y = %0
            }
            """);
  }

  @Test
  void otherShiftStays() {
    RuleTester.of(new RecogniseSoftplus())
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Exp(%x)
              %1: f32[N] = onnx.Add(%0, f32[]{2.0})
              %2: f32[N] = onnx.Log(%1)
              return y = %2
            }
            """,
            "it is not the logarithm of 1 plus an exponential");
  }

  @Test
  void softplusOfDoublesStays() {
    RuleTester.of(new RecogniseSoftplus())
        .declines(
            """
            (%x: f64[N]) {
              %0: f64[N] = onnx.Exp(%x)
              %1: f64[N] = onnx.Add(%0, f64[]{1.0})
              %2: f64[N] = onnx.Log(%1)
              return y = %2
            }
            """,
            "ONNX Runtime has no Softplus of f64");
  }
}
