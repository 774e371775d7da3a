// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Masks of all ones, and conditions that positions never meet. */
final class MaskRulesTest {
  @Test
  void maskOfAllOnesOnlyBroadcasts() {
    RuleTester.of(new DropNeutralFill())
        .rewrites(
            """
            (%x: f32[N,4,T,T], %m: bool[N,1,1,T]) {
              %0: i64[4] = onnx.Shape(%x)
              %1: bool[N,4,T,T] = onnx.ConstantOfShape(%0) {value=bool[1]{true}}
              %2: bool[N,4,T,T] = onnx.And(%1, %m)
              return y = %2
            }
            """,
            """
            (%x: f32[N,4,T,T], %m: bool[N,1,1,T]) {
              %0: i64[4] = onnx.Shape(%x)
              %1: bool[N,4,T,T] = onnx.Expand(%m, %0)
              return y = %1
            }
            """);
  }

  @Test
  void fillOfZerosIsNoSummand() {
    RuleTester.of(new DropNeutralFill())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: f32[N,4] = onnx.ConstantOfShape(%0) {value=f32[1]{0.0}}
              %2: f32[N,4] = onnx.Add(%x, %1)
              return y = %2
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void fillOfZerosIsAFactor() {
    RuleTester.of(new DropNeutralFill())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: f32[N,4] = onnx.ConstantOfShape(%0) {value=f32[1]{0.0}}
              %2: f32[N,4] = onnx.Mul(%x, %1)
              return y = %2
            }
            """,
            "neither operand is filled with a neutral element");
  }

  @Test
  void expandToTheShapeOfAnotherOperand() {
    RuleTester.of(new DropExpandBeforeBroadcast())
        .rewrites(
            """
            (%x: f32[N,4,T,T], %m: bool[N,1,1,T]) {
              %0: i64[4] = onnx.Shape(%x)
              %1: bool[N,4,T,?] = onnx.Expand(%m, %0)
              %2: f32[N,4,T,?] = onnx.Where(%1, %x, f32[]{-9.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N,4,T,T], %m: bool[N,1,1,T]) {
              %0: f32[N,4,T,T] = onnx.Where(%m, %x, f32[]{-9.0})
              return y = %0
            }
            """);
  }

  @Test
  void expandByAPartOfAShapeStays() {
    RuleTester.of(new DropExpandBeforeBroadcast())
        .declines(
            """
            (%x: f32[N,?], %m: bool[1]) {
              %0: i64[1] = onnx.Shape(%x) {end=1, start=0}
              %1: bool[N] = onnx.Expand(%m, %0)
              %2: f32[N,?] = onnx.Where(%1, %x, f32[]{-9.0})
              return y = %2
            }
            """,
            "no operand is an Expand that broadcasting replaces");
  }

  private static String mended(String start) {
    return """
    (%x: f32[N,T]) {
      %0: i64[2] = onnx.Shape(%x)
      %1: i64[] = onnx.Gather(%0, i64[]{1}) {axis=0}
      %2: i32[] = onnx.Cast(%1) {to=i32}
      %3: i32[?] = onnx.Range(i32[]{START}, %2, i32[]{1})
      %4: bool[?] = onnx.Less(%3, i32[]{0})
      %5: i32[?] = onnx.Add(%3, i32[]{9})
      %6: i32[?] = onnx.Where(%4, %5, %3)
      return y = %6
    }
    """
        .replace("START", start);
  }

  @Test
  void positionsAreNeverNegative() {
    RuleTester.of(new WhereNeverNegative())
        .rewrites(
            mended("0").replace("i32[?]", "i32[T]").replace("bool[?]", "bool[T]"),
            """
            (%x: f32[N,T]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: i64[] = onnx.Gather(%0, i64[]{1}) {axis=0}
              %2: i32[] = onnx.Cast(%1) {to=i32}
              %3: i32[T] = onnx.Range(i32[]{0}, %2, i32[]{1})
              return y = %3
            }
            """);
  }

  @Test
  void countingFromBelowIsMended() {
    RuleTester.of(new WhereNeverNegative())
        .declines(mended("-1"), "what is compared may be negative");
  }

  @Test
  void otherBoundsAreMet() {
    RuleTester.of(new WhereNeverNegative())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: i64[N] = onnx.ArgMax(%x) {axis=1, keepdims=0}
              %1: bool[N] = onnx.Less(%0, i64[]{2})
              %2: i64[N] = onnx.Where(%1, i64[]{7}, %0)
              return y = %2
            }
            """,
            "it does not compare with a constant of at most 0");
  }

  @Test
  void extentsFitIn32Bits() {
    RuleTester.of(new MergeCasts())
        .rewrites(
            """
            (%x: f32[N,T]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: i32[2] = onnx.Cast(%0) {to=i32}
              %2: i64[2] = onnx.Cast(%1) {to=i64}
              %3: f32[N,T] = onnx.ConstantOfShape(%2) {value=f32[1]{2.0}}
              return y = %3
            }
            """,
            """
            (%x: f32[N,T]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: f32[N,T] = onnx.ConstantOfShape(%0) {value=f32[1]{2.0}}
              return y = %1
            }
            """);
  }

  @Test
  void productsOfExtentsMayNot() {
    RuleTester.of(new MergeCasts())
        .declines(
            """
            (%x: f32[N,T]) {
              %0: i64[2] = onnx.Shape(%x)
              %1: i64[2] = onnx.Mul(%0, %0)
              %2: i32[2] = onnx.Cast(%1) {to=i32}
              %3: i64[2] = onnx.Cast(%2) {to=i64}
              return y = %3
            }
            """,
            "the first cast may change values");
  }
}
