// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.rewrite.RuleTester;

/** Loops that skip steps of some samples, in any pattern; values are compared on random masks. */
class MaskedRecurrentRulesTest {
  /**
   * An RNN over T steps as Keras writes it.
   *
   * @param sequence what the steps read
   * @param mask what says which they take
   * @param otherwise what a skipped step puts out
   */
  private static String rnn(String sequence, String mask, String otherwise, String condition) {
    return """
    (%x: f32[T,N,2], %m: bool[T,N,1], %s: f32[N,1]) {
      %0: f32[T,N,2] = onnx.Slice(%x, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{0}, i64[1]{-1})
      %1: bool[T,N,1] = onnx.Slice(%m, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{0}, i64[1]{-1})
      %2: i64[1] = onnx.Shape(%x) {end=1, start=0}
      %3: i64[] = onnx.Squeeze(%2)
      %4: i64[2] = onnx.Shape(%s)
      %5: f32[N,1] = onnx.ConstantOfShape(%4) {value=f32[1]{0.0}}
      %20: f32[N,1], %21: f32[N,1], %22: f32[T,N,1] = onnx.Loop(%3, _, %5, %5)
      body @b(%i "i": i64[], %g "g": bool[], %p "p": f32[N,1], %h "h": f32[N,1]) {
        %6: f32[N,2] = onnx.Gather(SEQUENCE, %i) {axis=0}
        %7: bool[N,1] = onnx.Gather(MASK, %i) {axis=0}
        %8: f32[N,1] = onnx.MatMul(%6, f32[2,1]{0.5, -0.25})
        %9: f32[N,1] = onnx.MatMul(%h, f32[1,1]{0.75})
        %10: f32[N,1] = onnx.Add(%8, %9)
        %11: f32[N,1] = onnx.Tanh(%10)
        CONDITION
        %13: f32[N,1] = onnx.Where(%12, %11, OTHERWISE)
        %14: f32[N,1] = onnx.Where(%12, %11, %h)
        return go = bool[]{true}, p = %13, h = %14, y = %13
      }
      return p = %20, h = %21, all = %22
    }
    """
        .replace("SEQUENCE", sequence)
        .replace("MASK", mask)
        .replace("CONDITION", condition)
        .replace("OTHERWISE", otherwise);
  }

  private static String fires(String graph) {
    String made = Printer.print(RuleTester.of(new RecogniseRnn()).fires(graph));
    assertTrue(made.contains("onnx.RNN"), made);
    assertFalse(made.contains("onnx.Loop"), made);
    return made;
  }

  private static String plain(String sequence, String mask, String otherwise) {
    return rnn(sequence, mask, otherwise, "").replace("%12", "%7");
  }

  @Test
  void stepsThatRepeatTheLastOutput() {
    String made = fires(plain("%x", "%m", "%p"));
    assertFalse(made.contains("reverse"), made);
  }

  @Test
  void walksAReversedSequenceBackwards() {
    String made = fires(plain("%0", "%1", "%p"));
    assertTrue(made.contains("direction=\"reverse\""), made);
  }

  /** The sequence is reversed and its mask is not: other steps are skipped. */
  @Test
  void keepsTheDirectionWhereOnlyOneIsReversed() {
    String made = fires(plain("%0", "%m", "%p"));
    assertFalse(made.contains("direction=\"reverse\""), made);
  }

  @Test
  void readsAMaskOfWhatIsSkipped() {
    String skipped = "%12: bool[N,1] = onnx.Not(%7)";
    fires(rnn("%x", "%m", "%p", skipped));
  }

  @Test
  void stepsThatGiveZero() {
    String zero = plain("%x", "%m", "%5").replace("p = %13, h = %14", "p = %14, h = %14");
    fires(zero);
    String one =
        zero.replace("%20: f32[N,1], ", "")
            .replace("%5, %5)", "%5)")
            .replace("%p \"p\": f32[N,1], ", "")
            .replace("p = %14, ", "")
            .replace("p = %20, ", "");
    fires(one);
    fires(one.replace("Gather(%x", "Gather(%0").replace("Gather(%m", "Gather(%1"));
  }

  /** What a skipped step puts out is neither 0 nor what the step before put out. */
  @Test
  void leavesOtherOutputsOfSkippedSteps() {
    String graph = plain("%x", "%m", "%s").replaceAll("\\n *%[01]: .*onnx.Slice.*", "");
    RuleTester.of(new RecogniseRnn())
        .declines(graph, "none of its variables is the state of an RNN");
  }

  @Test
  void aFirstStateSurvivesASampleWithoutSteps() {
    fires(
        """
        (%x: f32[T,N,2], %m: bool[T,N], %s: f32[N,1]) {
          %2: i64[1] = onnx.Shape(%x) {end=1, start=0}
          %3: i64[] = onnx.Squeeze(%2)
          %21: f32[N,1] = onnx.Loop(%3, _, %s)
          body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[N,1]) {
            %6: f32[N,2] = onnx.Gather(%x, %i) {axis=0}
            %7: bool[N] = onnx.Gather(%m, %i) {axis=0}
            %12: bool[N,1] = onnx.Unsqueeze(%7, i64[1]{1})
            %8: f32[N,1] = onnx.MatMul(%6, f32[2,1]{0.5, -0.25})
            %9: f32[N,1] = onnx.MatMul(%h, f32[1,1]{0.75})
            %10: f32[N,1] = onnx.Add(%8, %9)
            %11: f32[N,1] = onnx.Tanh(%10)
            %14: f32[N,1] = onnx.Where(%12, %11, %h)
            return go = bool[]{true}, h = %14
          }
          return h = %21
        }
        """);
  }

  /** A sequence that was reversed up to the lengths is walked backwards. */
  @Test
  void walksBackwardsFromTheLengths() {
    String made =
        fires(
            """
            (%x: f32[N,3,2], %r: i64[N]) {
              %30: i64[N] = onnx.Clip(%r, i64[]{1}, i64[]{3})
              %0: f32[N,3,2] = onnx.ReverseSequence(%x, %30) {batch_axis=0, time_axis=1}
              %1: f32[3,N,2] = onnx.Transpose(%0) {perm=[1, 0, 2]}
              %2: i64[1] = onnx.Shape(%x) {end=1, start=0}
              %3: i64[2] = onnx.Concat(%2, i64[1]{1}) {axis=0}
              %4: f32[N,1] = onnx.ConstantOfShape(%3) {value=f32[1]{0.0}}
              %20: f32[N,1], %21: f32[3,N,1] = onnx.Loop(i64[]{3}, _, %4)
              body @b(%i "i": i64[], %g "g": bool[], %h "h": f32[N,1]) {
                %6: f32[N,2] = onnx.Gather(%1, %i) {axis=0}
                %7: bool[N] = onnx.GreaterOrEqual(%i, %30)
                %8: bool[N,1] = onnx.Unsqueeze(%7, i64[1]{1})
                %9: f32[N,1] = onnx.MatMul(%6, f32[2,1]{0.5, -0.25})
                %10: f32[N,1] = onnx.MatMul(%h, f32[1,1]{0.75})
                %11: f32[N,1] = onnx.Add(%9, %10)
                %12: f32[N,1] = onnx.Tanh(%11)
                %13: f32[N,1] = onnx.Where(%8, %h, %12)
                %14: f32[N,1] = onnx.Where(%8, f32[1,1]{0.0}, %12)
                return go = bool[]{true}, h = %13, y = %14
              }
              return h = %20, all = %21
            }
            """);
    assertTrue(made.contains("direction=\"reverse\""), made);
  }
}
