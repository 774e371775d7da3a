// SPDX-License-Identifier: Apache-2.0
package org.example;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.PassTester;
import org.tf2trt.passes.rewrite.RuleTester;

class SoftThresholdToShrinkTest {
  private static final String SPELT_OUT =
      """
      (%x: f32[N,4]) {
        %0: f32[N,4] = onnx.Sign(%x)
        %1: f32[N,4] = onnx.Abs(%x)
        %2: f32[N,4] = onnx.Add(%1, f32[]{-0.5})
        %3: f32[N,4] = onnx.Relu(%2)
        %4: f32[N,4] = onnx.Mul(%0, %3)
        return y = %4
      }
      """;

  private static final String ONE_OP =
      """
      (%x: f32[N,4]) {
        %0: f32[N,4] = onnx.Shrink(%x) {bias=0.5, lambd=0.5}
        return y = %0
      }
      """;

  private final RuleTester rule = RuleTester.of(new SoftThresholdToShrink());

  /** Also evaluates both graphs on random inputs, and runs the rule again, which has to be quiet. */
  @Test
  void fires() {
    rule.rewrites(SPELT_OUT, ONE_OP);
  }

  @Test
  void firesWithTheFactorsExchanged() {
    rule.rewrites(SPELT_OUT.replace("Mul(%0, %3)", "Mul(%3, %0)"), ONE_OP);
  }

  @Test
  void declinesAThresholdForEachElement() {
    rule.declines(
        SPELT_OUT.replace("f32[]{-0.5}", "f32[4]{-0.5, -0.5, -1.0, -1.0}"),
        "the threshold has several elements");
  }

  @Test
  void declinesANegativeThreshold() {
    rule.declines(SPELT_OUT.replace("-0.5", "0.5"), "the threshold is negative");
  }

  @Test
  void declinesTheSignOfSomethingElse() {
    rule.declines(
        SPELT_OUT.replace("Sign(%x)", "Sign(f32[4]{1.0, -1.0, 1.0, -1.0})"),
        "it is not a sign times what exceeds a threshold");
  }

  @Test
  void thePassAppliesTheRule() {
    PassTester.of(new FuseShrink()).rewrites(SPELT_OUT, ONE_OP);
    PassTester.of(new FuseShrink()).keeps(ONE_OP);
  }
}
