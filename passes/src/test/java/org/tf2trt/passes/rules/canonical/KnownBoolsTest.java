// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Bools that are the same everywhere, though their shape may be open. */
class KnownBoolsTest {
  private static final RuleTester OPERANDS = RuleTester.of(new DropKnownOperand());

  @Test
  void aNeutralOperandGoes() {
    OPERANDS.rewrites(
        "(%x: bool[N,4]) { %0: bool[N,4] = onnx.And(%x, bool[4]{true, true, true, true}) return y = %0 }",
        "(%x: bool[N,4]) { return y = %x }");
    OPERANDS.rewrites(
        "(%x: bool[N,4]) { %0: bool[?,4] = onnx.Or(bool[]{false}, %x) return y = %0 }",
        "(%x: bool[N,4]) { return y = %x }");
  }

  @Test
  void xorWithFalseIsTheOtherOperand() {
    OPERANDS.rewrites(
        "(%x: bool[N,4]) { %0: bool[N,4] = onnx.Xor(%x, bool[]{false}) return y = %0 }",
        "(%x: bool[N,4]) { return y = %x }");
    OPERANDS.declines(
        "(%x: bool[N,4]) { %0: bool[N,4] = onnx.Xor(%x, bool[]{true}) return y = %0 }",
        "it negates");
  }

  @Test
  void equalOperandsAreOne() {
    RuleTester rule = RuleTester.of(new DropEqualOperand());
    rule.rewrites(
        "(%x: bool[N,4]) { %0: bool[N,4] = onnx.Or(%x, %x) return y = %0 }",
        "(%x: bool[N,4]) { return y = %x }");
    rule.rewrites(
        "(%x: f32[N]) { %0: f32[N] = onnx.Max(%x, %x, %x) %1: f32[N] = onnx.Min(%0, %0) return y = %1 }",
        "(%x: f32[N]) { return y = %x }");
    rule.declines(
        "(%x: f32[N], %z: f32[N]) { %0: f32[N] = onnx.Max(%x, %z) return y = %0 }",
        "its operands are not one");
  }

  /** As a band of a matrix is written whose upper part is not wanted. */
  @Test
  void anOperandThatIsNeverTrueGoesWhateverItsShape() {
    OPERANDS.rewrites(
        """
        (%x: i64[N,N]) {
          %0: bool[?,?] = onnx.LessOrEqual(%x, i64[]{0})
          %1: bool[?,?] = onnx.Not(%0)
          %2: bool[?,?] = onnx.And(%1, bool[]{false})
          %3: bool[?,?] = onnx.Or(%0, %2)
          return y = %3
        }
        """,
        """
        (%x: i64[N,N]) {
          %0: bool[?,?] = onnx.LessOrEqual(%x, i64[]{0})
          return y = %0
        }
        """);
  }

  @Test
  void aDecidingOperandStaysAlone() {
    OPERANDS.rewrites(
        "(%x: bool[]) { %0: bool[2] = onnx.Or(%x, bool[2]{true, true}) return y = %0 }",
        "(%x: bool[]) { return y = bool[2]{true, true} }");
  }

  @Test
  void aDecidingOperandFillsAResultOfKnownShape() {
    OPERANDS.rewrites(
        "(%x: bool[3,2]) { %0: bool[3,2] = onnx.And(%x, bool[]{false}) return y = %0 }",
        "(%x: bool[3,2]) { return y = bool[3,2]{false, false, false, false, false, false} }");
    OPERANDS.rewrites(
        "(%x: bool[2,1]) { %0: bool[2,2] = onnx.Or(bool[2]{true, true}, %x) return y = %0 }",
        "(%x: bool[2,1]) { return y = bool[2,2]{true, true, true, true} }");
    OPERANDS.declines(
        "(%x: bool[300,300]) { %0: bool[300,300] = onnx.And(%x, bool[]{false}) return y = %0 }",
        "broadcasting changes the shape");
  }

  @Test
  void otherOperandsStay() {
    OPERANDS.declines(
        "(%x: bool[2]) { %0: bool[2] = onnx.And(%x, bool[2]{true, false}) return y = %0 }",
        "neither operand is the same everywhere");
    OPERANDS.declines(
        "(%x: bool[?]) { %0: bool[?] = onnx.And(%x, bool[2]{true, true}) return y = %0 }",
        "broadcasting changes the shape");
    OPERANDS.declines(
        """
        (%x: bool[?], %z: bool[?]) {
          %0: bool[?] = onnx.And(%z, bool[]{false})
          %1: bool[?] = onnx.Or(%x, %0)
          return y = %1
        }
        """,
        "broadcasting changes the shape");
  }

  /** As the angle of a quotient by a finite constant is written. */
  @Test
  void aConditionThatIsNeverTrueChooses() {
    RuleTester.of(new WhereOfConstant())
        .rewrites(
            """
            (%x: f32[N,5]) {
              %0: f32[?,5] = onnx.Abs(%x)
              %1: bool[?,5] = onnx.Equal(%0, f32[]{1.0})
              %2: bool[?,5] = onnx.And(%1, bool[]{false})
              %3: f32[?,5] = onnx.Div(%0, f32[]{1.25})
              %4: f32[?,5] = onnx.Where(%2, f32[]{7.0}, %3)
              return y = %4
            }
            """,
            """
            (%x: f32[N,5]) {
              %0: f32[?,5] = onnx.Abs(%x)
              %1: f32[?,5] = onnx.Div(%0, f32[]{1.25})
              return y = %1
            }
            """);
  }
}
