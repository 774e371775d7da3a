// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

class WalkBackwardsTest {
  private static final String WEIGHTS = "f32[1,1,1]{0.5}, f32[1,1,1]{0.25}, f32[1,2]{0.1, 0.0}";

  private static String afterSlice(String axis, String direction) {
    return """
    (%x: f32[N,3,1]) {
      %0: f32[N,3,1] = onnx.Slice(%x, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{AXIS}, i64[1]{-1})
      %1: f32[3,N,1] = onnx.Transpose(%0) {perm=[1, 0, 2]}
      %2: f32[3,1,N,1], %3: f32[1,N,1] = onnx.RNN(%1, WEIGHTS) {direction="DIRECTION", hidden_size=1}
      return y = %2, last = %3
    }
    """
        .replace("AXIS", axis)
        .replace("DIRECTION", direction)
        .replace("WEIGHTS", WEIGHTS);
  }

  private static String upToLengths(String lengths) {
    return """
    (%x: f32[3,2,1], %given: i32[2]) {
      %n: i32[2] = onnx.Clip(%given, i32[]{1}, i32[]{3})
      %m: i32[2] = onnx.Clip(%given, i32[]{2}, i32[]{3})
      %0: i64[2] = onnx.Cast(%n) {to=i64}
      %1: f32[3,2,1] = onnx.ReverseSequence(%x, %0) {batch_axis=1, time_axis=0}
      %2: f32[3,1,2,1], %3: f32[1,2,1], %4: f32[1,2,1] = onnx.LSTM(%1, f32[1,4,1]{0.5, 0.25, -0.5, 1.0}, f32[1,4,1]{0.5, 0.25, -0.5, 1.0}, _, LENGTHS) {hidden_size=1}
      return y = %2, h = %3, c = %4, m = %m
    }
    """
        .replace("LENGTHS", lengths);
  }

  @Test
  void theOpWalksBackwardsInstead() {
    RuleTester.of(new WalkBackwards())
        .rewrites(
            afterSlice("1", "forward"),
            """
            (%x: f32[N,3,1]) {
              %0: f32[3,N,1] = onnx.Transpose(%x) {perm=[1, 0, 2]}
              %1: f32[3,1,N,1], %2: f32[1,N,1] = onnx.RNN(%0, WEIGHTS) {direction="reverse", hidden_size=1}
              %3: f32[3,1,N,1] = onnx.Slice(%1, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{0}, i64[1]{-1})
              return y = %3, last = %2
            }
            """
                .replace("WEIGHTS", WEIGHTS));
  }

  @Test
  void soItDoesUpToTheLengthsOfSequences() {
    RuleTester.of(new WalkBackwards())
        .rewrites(
            upToLengths("%n"),
            """
            (%x: f32[3,2,1], %given: i32[2]) {
              %0: i32[2] = onnx.Clip(%given, i32[]{1}, i32[]{3})
              %1: i32[2] = onnx.Clip(%given, i32[]{2}, i32[]{3})
              %2: f32[3,1,2,1], %3: f32[1,2,1], %4: f32[1,2,1] = onnx.LSTM(%x, f32[1,4,1]{0.5, 0.25, -0.5, 1.0}, f32[1,4,1]{0.5, 0.25, -0.5, 1.0}, _, %0) {direction="reverse", hidden_size=1}
              %5: f32[3,2,1] = onnx.Squeeze(%2, i64[1]{1})
              %6: i64[2] = onnx.Cast(%0) {to=i64}
              %7: f32[3,2,1] = onnx.ReverseSequence(%5, %6) {batch_axis=1, time_axis=0}
              %8: f32[3,1,2,1] = onnx.Unsqueeze(%7, i64[1]{1})
              return y = %8, h = %3, c = %4, m = %1
            }
            """);
  }

  @Test
  void reversalsOfSomethingElseStay() {
    String reason = "it does not read a reversal of what it walks over";
    RuleTester.of(new WalkBackwards()).declines(afterSlice("0", "forward"), reason);
    RuleTester.of(new WalkBackwards()).declines(upToLengths("%m"), reason);
    RuleTester.of(new WalkBackwards()).declines(upToLengths("_"), reason);
  }

  @Test
  void whatWalksBackwardsStays() {
    RuleTester.of(new WalkBackwards())
        .declines(afterSlice("1", "reverse"), "it does not walk forwards, time first");
  }
}
