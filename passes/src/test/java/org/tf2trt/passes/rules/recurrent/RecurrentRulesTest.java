// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.rewrite.RuleTester;

/** Loops over time; weights are constants, one unit, so that graphs stay short. */
class RecurrentRulesTest {
  private static final String RNN_STEP =
      """
          body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1]) {
            %1: f32[2,2] = onnx.Gather(%x, %i) {axis=0}
            %2: f32[2,1] = onnx.MatMul(%1, f32[2,1]{0.5, -0.25})
            %3: f32[2,1] = onnx.MatMul(%h, f32[1,1]{0.75})
            %4: f32[2,1] = onnx.Add(%2, %3)
            %5: f32[2,1] = onnx.Add(%4, f32[1]{0.1})
            %6: f32[2,1] = onnx.Tanh(%5)
            return go = bool[]{true}, h = %6, y = %6
          }
      """;

  @Test
  void recognisesAnRnn() {
    RuleTester.of(new RecogniseRnn())
        .rewrites(
            "(%x: f32[3,2,2], %s: f32[2,1]) {"
                + " %0: f32[2,1], %9: f32[3,2,1] = onnx.Loop(i64[]{3}, _, %s)"
                + RNN_STEP
                + " return last = %0, all = %9 }",
            """
            (%x: f32[3,2,2], %s: f32[2,1]) {
              %0: f32[1,2,1] = onnx.Unsqueeze(%s, i64[1]{0})
              %1: f32[3,1,2,1], %2: f32[1,2,1] = onnx.RNN(%x, f32[1,1,2]{0.5, -0.25}, f32[1,1,1]{0.75}, f32[1,2]{0.1, 0.0}, _, %0) {activations=["Tanh"], hidden_size=1}
              %3: f32[2,1] = onnx.Squeeze(%2, i64[1]{0})
              %4: f32[3,2,1] = onnx.Squeeze(%1, i64[1]{1})
              return last = %3, all = %4
            }
            """);
  }

  /** Something else decides when to stop. */
  @Test
  void leavesALoopThatMayEndEarly() {
    RuleTester.of(new RecogniseRnn(), new RecogniseGru(), new RecogniseLstm())
        .declines(
            "(%x: f32[3,2,2], %s: f32[2,1], %go: bool[]) {"
                + " %0: f32[2,1], %9: f32[?,2,1] = onnx.Loop(i64[]{3}, %go, %s)"
                + RNN_STEP
                + " return last = %0, all = %9 }",
            "a condition may end the loop");
  }

  private static final String LSTM_STEP =
      """
          body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1], %c "c": f32[2,1]) {
            %1: f32[2,2] = onnx.Gather(%x, %i) {axis=0}
            %2: f32[2,3] = onnx.Concat(%1, %h) {axis=1}
            %3: f32[2,4] = onnx.MatMul(%2, f32[3,4]{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2})
            %4: f32[2,4] = onnx.Add(%3, f32[4]{0.1, 0.2, -0.1, 0.3})
            %5: f32[2,1], %6: f32[2,1], %7: f32[2,1], %8: f32[2,1] = onnx.Split(%4) {axis=1, num_outputs=4}
            %9: f32[2,1] = onnx.Sigmoid(%5)
            %10: f32[2,1] = onnx.Tanh(%6)
            %11: f32[2,1] = onnx.Add(%7, f32[]{1.0})
            %12: f32[2,1] = onnx.Sigmoid(%11)
            %13: f32[2,1] = onnx.Sigmoid(%8)
            %14: f32[2,1] = onnx.Mul(%c, %12)
            %15: f32[2,1] = onnx.Mul(%9, %10)
            %16: f32[2,1] = onnx.Add(%14, %15)
            %17: f32[2,1] = onnx.Tanh(%16)
            %18: f32[2,1] = onnx.Mul(%17, %13)
            return go = bool[]{true}, h = %18, c = %16, y = WHAT
          }
      """;

  private static String lstm(String scanned) {
    return "(%x: f32[3,2,2], %s: f32[2,1], %t: f32[2,1]) {"
        + " %0: f32[2,1], %20: f32[2,1], %21: f32[3,2,1] = onnx.Loop(i64[]{3}, _, %s, %t)"
        + LSTM_STEP.replace("WHAT", scanned)
        + " return h = %0, c = %20, all = %21 }";
  }

  @Test
  void recognisesAnLstm() {
    RuleTester.of(new RecogniseLstm())
        .rewrites(
            lstm("%18"),
            """
            (%x: f32[3,2,2], %s: f32[2,1], %t: f32[2,1]) {
              %0: f32[1,2,1] = onnx.Unsqueeze(%s, i64[1]{0})
              %1: f32[1,2,1] = onnx.Unsqueeze(%t, i64[1]{0})
              %2: f32[3,1,2,1], %3: f32[1,2,1], %4: f32[1,2,1] = onnx.LSTM(%x, f32[1,4,2]{0.1, 0.5, 0.4, 0.8, 0.3, 0.7, 0.2, 0.6}, f32[1,4,1]{0.9, 1.2, 1.1, 1.0}, f32[1,8]{0.1, 0.3, 0.9, 0.2, 0.0, 0.0, 0.0, 0.0}, _, %0, %1) {activations=["Sigmoid", "Tanh", "Tanh"], hidden_size=1}
              %5: f32[2,1] = onnx.Squeeze(%3, i64[1]{0})
              %6: f32[2,1] = onnx.Squeeze(%4, i64[1]{0})
              %7: f32[3,2,1] = onnx.Squeeze(%2, i64[1]{1})
              return h = %5, c = %6, all = %7
            }
            """);
  }

  /** ONNX gives only the last cell state. */
  @Test
  void leavesALoopThatCollectsItsCells() {
    RuleTester.of(new RecogniseLstm())
        .declines(lstm("%16"), "no two of its variables are the state of an LSTM");
  }

  private static final String GRU_STEP =
      """
          body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1]) {
            %1: f32[2,2] = onnx.Gather(%x, %i) {axis=0}
            %2: f32[2,3] = onnx.MatMul(%1, f32[2,3]{0.1, 0.2, 0.3, 0.4, 0.5, 0.6})
            %3: f32[2,3] = onnx.MatMul(%h, f32[1,3]{0.7, 0.8, 0.9})
            %4: f32[2,3] = onnx.Add(%3, f32[3]{0.1, -0.2, 0.3})
            %5: f32[2,1], %6: f32[2,1], %7: f32[2,1] = onnx.Split(%2) {axis=1, num_outputs=3}
            %8: f32[2,1], %9: f32[2,1], %10: f32[2,1] = onnx.Split(%4) {axis=1, num_outputs=3}
            %11: f32[2,1] = onnx.Add(%5, %8)
            %12: f32[2,1] = onnx.Sigmoid(%11)
            %13: f32[2,1] = onnx.Add(%6, %9)
            %14: f32[2,1] = onnx.Sigmoid(%13)
            %15: f32[2,1] = onnx.Mul(%14, %10)
            %16: f32[2,1] = onnx.Add(%7, %15)
            %17: f32[2,1] = onnx.Tanh(%16)
            %18: f32[2,1] = onnx.Mul(%12, %h)
            %19: f32[2,1] = onnx.Sub(f32[]{ONE}, %12)
            %20: f32[2,1] = onnx.Mul(%19, %17)
            %21: f32[2,1] = onnx.Add(%18, %20)
            return go = bool[]{true}, h = %21, y = %21
          }
      """;

  private static String gru(String one) {
    return "(%x: f32[3,2,2], %s: f32[2,1]) {"
        + " %0: f32[2,1], %22: f32[3,2,1] = onnx.Loop(i64[]{3}, _, %s)"
        + GRU_STEP.replace("ONE", one)
        + " return h = %0, all = %22 }";
  }

  @Test
  void recognisesAGru() {
    RuleTester.of(new RecogniseGru())
        .rewrites(
            gru("1.0"),
            """
            (%x: f32[3,2,2], %s: f32[2,1]) {
              %0: f32[1,2,1] = onnx.Unsqueeze(%s, i64[1]{0})
              %1: f32[3,1,2,1], %2: f32[1,2,1] = onnx.GRU(%x, f32[1,3,2]{0.1, 0.4, 0.2, 0.5, 0.3, 0.6}, f32[1,3,1]{0.7, 0.8, 0.9}, f32[1,6]{0.1, -0.2, 0.0, 0.0, 0.0, 0.3}, _, %0) {activations=["Sigmoid", "Tanh"], hidden_size=1, linear_before_reset=1}
              %3: f32[2,1] = onnx.Squeeze(%2, i64[1]{0})
              %4: f32[3,2,1] = onnx.Squeeze(%1, i64[1]{1})
              return h = %3, all = %4
            }
            """);
  }

  @Test
  void leavesAnotherMixOfOldAndNew() {
    RuleTester.of(new RecogniseGru())
        .declines(gru("2.0"), "none of its variables is the state of a GRU");
  }

  /** A mask of lengths becomes the lengths of the sequences. */
  @Test
  void readsLengths() {
    RuleTester.of(new RecogniseRnn())
        .rewrites(
            """
            (%x: f32[3,2,2], %s: f32[2,1], %n: i64[2]) {
              %0: f32[2,1] = onnx.Loop(i64[]{3}, _, %s)
              body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1]) {
                %1: f32[2,2] = onnx.Gather(%x, %i) {axis=0}
                %2: f32[2,1] = onnx.MatMul(%1, f32[2,1]{0.5, -0.25})
                %3: f32[2,1] = onnx.MatMul(%h, f32[1,1]{0.75})
                %4: f32[2,1] = onnx.Add(%2, %3)
                %5: f32[2,1] = onnx.Relu(%4)
                %6: bool[2] = onnx.Less(%i, %n)
                %7: bool[2,1] = onnx.Unsqueeze(%6, i64[1]{1})
                %8: f32[2,1] = onnx.Where(%7, %5, %h)
                return go = bool[]{true}, h = %8
              }
              return last = %0
            }
            """,
            """
            (%x: f32[3,2,2], %s: f32[2,1], %n: i64[2]) {
              %0: i64[2] = onnx.Min(%n, i64[1]{3})
              %1: i64[2] = onnx.Max(%0, i64[1]{0})
              %2: i32[2] = onnx.Cast(%1) {to=i32}
              %3: f32[1,2,1] = onnx.Unsqueeze(%s, i64[1]{0})
              %4: f32[3,1,2,1], %5: f32[1,2,1] = onnx.RNN(%x, f32[1,1,2]{0.5, -0.25}, f32[1,1,1]{0.75}, _, %2, %3) {activations=["Relu"], hidden_size=1}
              %6: f32[2,1] = onnx.Squeeze(%5, i64[1]{0})
              %7: bool[2] = onnx.Greater(%2, i32[]{0})
              %8: bool[2,1] = onnx.Unsqueeze(%7, i64[1]{1})
              %9: f32[2,1] = onnx.Where(%8, %6, %s)
              return last = %9
            }
            """);
  }

  @Test
  void standsAmongTheRulesThatRecognise() {
    org.junit.jupiter.api.Assertions.assertTrue(
        Pipelines.recognising().stream().anyMatch(RecogniseLstm.class::isInstance));
  }
}
