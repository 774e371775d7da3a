// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recognise;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** HardSigmoid and HardSwish. */
final class HardActivationRulesTest {
  @Test
  void relu6OfXPlusThreeBySix() {
    RuleTester.of(new RecogniseHardSigmoid())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Add(%x, f32[]{3.0})
              %1: f32[N] = onnx.Clip(%0, f32[]{0.0}, f32[]{6.0})
              %2: f32[N] = onnx.Div(%1, f32[]{6.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.HardSigmoid(%x) {alpha=0.16666667, beta=0.5}
              return y = %0
            }
            """);
  }

  @Test
  void lineClampedToOne() {
    RuleTester.of(new RecogniseHardSigmoid())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Mul(%x, f32[]{0.2})
              %1: f32[N] = onnx.Add(%0, f32[]{0.4})
              %2: f32[N] = onnx.Clip(%1, f32[]{0.0}, f32[]{1.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.HardSigmoid(%x) {alpha=0.2, beta=0.4}
              return y = %0
            }
            """);
  }

  @Test
  void rangeToTwoStays() {
    RuleTester.of(new RecogniseHardSigmoid())
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Add(%x, f32[]{3.0})
              %1: f32[N] = onnx.Clip(%0, f32[]{0.0}, f32[]{6.0})
              %2: f32[N] = onnx.Div(%1, f32[]{3.0})
              return y = %2
            }
            """,
            "the result does not range from 0 to 1");
  }

  @Test
  void doublesStay() {
    RuleTester.of(new RecogniseHardSigmoid())
        .declines(
            """
            (%x: f64[N]) {
              %0: f64[N] = onnx.Add(%x, f64[]{3.0})
              %1: f64[N] = onnx.Clip(%0, f64[]{0.0}, f64[]{6.0})
              %2: f64[N] = onnx.Div(%1, f64[]{6.0})
              return y = %2
            }
            """,
            "runtimes have no HardSigmoid of doubles");
  }

  @Test
  void clipOfAnyValueStays() {
    RuleTester.of(new RecogniseHardSigmoid())
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{0.0}, f32[]{1.0})
              return y = %0
            }
            """,
            "it does not clamp a value shifted by a number");
  }

  @Test
  void hardSwish() {
    RuleTester.of(new RecogniseHardSigmoid(), new RecogniseHardSwish())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Add(%x, f32[]{3.0})
              %1: f32[N] = onnx.Clip(%0, f32[]{0.0}, f32[]{6.0})
              %2: f32[N] = onnx.Mul(%1, f32[]{0.16666667})
              %3: f32[N] = onnx.Mul(%x, %2)
              return y = %3
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.HardSwish(%x)
              return y = %0
            }
            """);
  }

  @Test
  void hardSwishDividedLast() {
    RuleTester.of(new RecogniseHardSwish())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Add(%x, f32[]{3.0})
              %1: f32[N] = onnx.Clip(%0, f32[]{0.0}, f32[]{6.0})
              %2: f32[N] = onnx.Mul(%1, %x)
              %3: f32[N] = onnx.Div(%2, f32[]{6.0})
              return y = %3
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.HardSwish(%x)
              return y = %0
            }
            """);
  }

  @Test
  void anotherValueGatedStays() {
    RuleTester.of(new RecogniseHardSwish())
        .declines(
            """
            (%x: f32[N], %z: f32[N]) {
              %0: f32[N] = onnx.HardSigmoid(%x) {alpha=0.16666667, beta=0.5}
              %1: f32[N] = onnx.Mul(%z, %0)
              return y = %1
            }
            """,
            "it is not a value times its hard sigmoid");
  }

  @Test
  void opset13Stays() {
    RuleTester.of(new RecogniseHardSwish())
        .opset(13)
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.HardSigmoid(%x) {alpha=0.16666667, beta=0.5}
              %1: f32[N] = onnx.Mul(%x, %0)
              return y = %1
            }
            """,
            "HardSwish needs opset 14");
  }
}
