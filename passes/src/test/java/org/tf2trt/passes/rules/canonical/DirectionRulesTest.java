// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** What stands behind recurrent layers that walk both ways. */
final class DirectionRulesTest {
  private static String reversals(String axis) {
    return """
    (%x: f32[3,1,N,2]) {
      %0: f32[3,1,N,2] = onnx.Slice(%x, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{0}, i64[1]{-1})
      %1: f32[3,N,2] = onnx.Squeeze(%0, i64[1]{1})
      %2: f32[N,3,2] = onnx.Transpose(%1) {perm=[1, 0, 2]}
      %3: f32[N,3,2] = onnx.Slice(%2, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{AXIS}, i64[1]{-1})
      return y = %3
    }
    """
        .replace("AXIS", axis);
  }

  @Test
  void reversalsOfOneAxisCancel() {
    RuleTester.of(new CancelReversals())
        .rewrites(
            reversals("1"),
            """
            (%x: f32[3,1,N,2]) {
              %0: f32[3,N,2] = onnx.Squeeze(%x, i64[1]{1})
              %1: f32[N,3,2] = onnx.Transpose(%0) {perm=[1, 0, 2]}
              return y = %1
            }
            """);
  }

  @Test
  void reversalsOfOtherAxesStay() {
    RuleTester.of(new CancelReversals())
        .declines(reversals("2"), "what it reverses is not a reversal of the same axis");
  }

  @Test
  void reversalsUpToTheSameLengthsCancel() {
    RuleTester.of(new CancelReversals())
        .rewrites(
            """
            (%x: f32[3,2,4], %n: i64[2]) {
              %9: i64[2] = onnx.Clip(%n, i64[]{1}, i64[]{3})
              %0: f32[3,2,4] = onnx.ReverseSequence(%x, %9) {batch_axis=1, time_axis=0}
              %1: f32[2,3,4] = onnx.Transpose(%0) {perm=[1, 0, 2]}
              %2: f32[2,3,4] = onnx.ReverseSequence(%1, %9) {batch_axis=0, time_axis=1}
              return y = %2
            }
            """,
            """
            (%x: f32[3,2,4], %n: i64[2]) {
              %0: f32[2,3,4] = onnx.Transpose(%x) {perm=[1, 0, 2]}
              return y = %0
            }
            """);
  }

  @Test
  void reversalsUpToOtherLengthsStay() {
    RuleTester.of(new CancelReversals())
        .declines(
            """
            (%x: f32[3,2,4], %n: i64[2], %m: i64[2]) {
              %0: f32[3,2,4] = onnx.ReverseSequence(%x, %n) {batch_axis=1, time_axis=0}
              %1: f32[3,2,4] = onnx.ReverseSequence(%0, %m) {batch_axis=1, time_axis=0}
              return y = %1
            }
            """,
            "what it reverses is not a reversal of the same axis");
  }

  @Test
  void otherSlicesAreNoReversals() {
    RuleTester.of(new CancelReversals())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,2] = onnx.Slice(%x, i64[1]{-1}, i64[1]{-9223372036854775808}, i64[1]{1}, i64[1]{-2})
              return y = %0
            }
            """,
            "it does not reverse one whole axis");
  }

  @Test
  void oneTransposeOfWhatIsJoined() {
    RuleTester.of(new TransposeAfterConcat())
        .rewrites(
            """
            (%x: f32[3,N,2], %z: f32[3,N,4]) {
              %0: f32[N,3,2] = onnx.Transpose(%x) {perm=[1, 0, 2]}
              %1: f32[N,3,4] = onnx.Transpose(%z) {perm=[1, 0, 2]}
              %2: f32[N,3,6] = onnx.Concat(%0, %1) {axis=-1}
              return y = %2
            }
            """,
            """
            (%x: f32[3,N,2], %z: f32[3,N,4]) {
              %0: f32[3,N,6] = onnx.Concat(%x, %z) {axis=2}
              %1: f32[N,3,6] = onnx.Transpose(%0) {perm=[1, 0, 2]}
              return y = %1
            }
            """);
  }

  @Test
  void differentTransposesStay() {
    RuleTester.of(new TransposeAfterConcat())
        .declines(
            """
            (%x: f32[3,2,2], %z: f32[2,3,2]) {
              %0: f32[2,3,2] = onnx.Transpose(%x) {perm=[1, 0, 2]}
              %1: f32[2,3,2] = onnx.Transpose(%z) {perm=[2, 1, 0]}
              %2: f32[2,3,4] = onnx.Concat(%0, %1) {axis=-1}
              return y = %2
            }
            """,
            "the inputs are transposed in different ways");
  }

  private static String halves(String first, String second) {
    return """
    (%x: f32[3,2,N,4]) {
      %0: f32[3,1,N,4], %1: f32[3,1,N,4] = onnx.Split(%x) {axis=1, num_outputs=2}
      %2: f32[3,N,4] = onnx.Squeeze(FIRST, i64[1]{1})
      %3: f32[3,N,4] = onnx.Squeeze(SECOND, i64[1]{1})
      %4: f32[3,N,8] = onnx.Concat(%2, %3) {axis=-1}
      return y = %4
    }
    """
        .replace("FIRST", first)
        .replace("SECOND", second);
  }

  @Test
  void directionsSideBySide() {
    RuleTester.of(new JoinSplitAxis())
        .rewrites(
            halves("%0", "%1"),
            """
            (%x: f32[3,2,N,4]) {
              %0: f32[3,N,2,4] = onnx.Transpose(%x) {perm=[0, 2, 1, 3]}
              %1: f32[3,N,8] = onnx.Reshape(%0, i64[3]{3, -1, 8})
              return y = %1
            }
            """);
  }

  @Test
  void swappedDirectionsStay() {
    RuleTester.of(new JoinSplitAxis())
        .declines(
            halves("%1", "%0"), "it does not join all slices of an axis, squeezed, in their order");
  }
}
