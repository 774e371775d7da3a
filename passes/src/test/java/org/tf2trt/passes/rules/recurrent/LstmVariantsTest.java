// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.rewrite.RuleTester;

/** Peepholes, and cells stacked in one loop. */
class LstmVariantsTest {
  private static String peepholes(String seenByOutput) {
    return """
    (%x: f32[3,2,2], %s: f32[2,1], %t: f32[2,1]) {
      %0: f32[2,1], %20: f32[2,1], %21: f32[3,2,1] = onnx.Loop(i64[]{3}, _, %s, %t)
      body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1], %c "c": f32[2,1]) {
        %1: f32[2,2] = onnx.Gather(%x, %i) {axis=0}
        %2: f32[2,3] = onnx.Concat(%1, %h) {axis=1}
        %3: f32[2,4] = onnx.MatMul(%2, f32[3,4]{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2})
        %5: f32[2,1], %6: f32[2,1], %7: f32[2,1], %8: f32[2,1] = onnx.Split(%3) {axis=1, num_outputs=4}
        %22: f32[2,1] = onnx.Mul(%c, f32[1]{0.25})
        %23: f32[2,1] = onnx.Add(%5, %22)
        %9: f32[2,1] = onnx.Sigmoid(%23)
        %10: f32[2,1] = onnx.Tanh(%6)
        %24: f32[2,1] = onnx.Mul(%c, f32[1]{-0.5})
        %25: f32[2,1] = onnx.Add(%7, %24)
        %12: f32[2,1] = onnx.Sigmoid(%25)
        %14: f32[2,1] = onnx.Mul(%c, %12)
        %15: f32[2,1] = onnx.Mul(%9, %10)
        %16: f32[2,1] = onnx.Add(%14, %15)
        %26: f32[2,1] = onnx.Mul(SEEN, f32[1]{0.75})
        %27: f32[2,1] = onnx.Add(%8, %26)
        %13: f32[2,1] = onnx.Sigmoid(%27)
        %17: f32[2,1] = onnx.Tanh(%16)
        %18: f32[2,1] = onnx.Mul(%17, %13)
        return go = bool[]{true}, h = %18, c = %16, y = %18
      }
      return h = %0, c = %20, all = %21
    }
    """
        .replace("SEEN", seenByOutput);
  }

  @Test
  void peepholesOfAllGates() {
    String made = Printer.print(RuleTester.of(new RecogniseLstm()).fires(peepholes("%16")));
    assertFalse(made.contains("onnx.Loop"), made);
    assertTrue(made.contains("f32[1,3]{0.25, 0.75, -0.5}"), "of i, o and f: " + made);
  }

  /** ONNX's output gate sees the new cell. */
  @Test
  void anOutputGateThatSeesTheOldCellStays() {
    RuleTester.of(new RecogniseLstm())
        .declines(peepholes("%c"), "no two of its variables are the state of an LSTM");
  }

  private static String stacked(String secondReads) {
    return """
    (%x: f32[3,2,1], %s: f32[2,1], %t: f32[2,1]) {
      %0: f32[2,1], %20: f32[2,1], %21: f32[3,2,1] = onnx.Loop(i64[]{3}, _, %s, %t)
      body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[2,1], %k "k": f32[2,1]) {
        %1: f32[2,1] = onnx.Gather(%x, %i) {axis=0}
        %2: f32[2,1] = onnx.MatMul(%1, f32[1,1]{0.5})
        %3: f32[2,1] = onnx.MatMul(%h, f32[1,1]{0.75})
        %4: f32[2,1] = onnx.Add(%2, %3)
        %5: f32[2,1] = onnx.Tanh(%4)
        %6: f32[2,1] = onnx.MatMul(READS, f32[1,1]{1.5})
        %7: f32[2,1] = onnx.MatMul(%k, f32[1,1]{-0.75})
        %8: f32[2,1] = onnx.Add(%6, %7)
        %9: f32[2,1] = onnx.Tanh(%8)
        return go = bool[]{true}, h = %5, k = %9, y = %9
      }
      return h = %0, k = %20, all = %21
    }
    """
        .replace("READS", secondReads);
  }

  @Test
  void cellsStackedInOneLoop() {
    String made = Printer.print(RuleTester.of(new RecogniseRnn()).fires(stacked("%5")));
    assertFalse(made.contains("onnx.Loop"), made);
    assertEquals(3, made.split("onnx.RNN", -1).length, made);
  }

  /** The second cell reads what the first one gave a step before. */
  @Test
  void cellsThatReadAnOldStateStay() {
    RuleTester.of(new RecogniseRnn())
        .declines(stacked("%h"), "none of its variables is the state of an RNN");
  }
}
