// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Clamps and choices. */
final class ClampRulesTest {
  @Test
  void clampsBecomeReluAndClip() {
    RuleTester.of(new ClampToClip())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Max(%x, f32[]{0.0})
              %1: f32[N] = onnx.Max(%x, f32[1]{-1.0})
              %2: f32[N] = onnx.Min(%x, f32[]{2.0})
              %3: f32[N] = onnx.Clip(%x, f32[]{0.0})
              return a = %0, b = %1, c = %2, d = %3
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Relu(%x)
              %1: f32[N] = onnx.Clip(%x, f32[]{-1.0})
              %2: f32[N] = onnx.Clip(%x, _, f32[]{2.0})
              %3: f32[N] = onnx.Relu(%x)
              return a = %0, b = %1, c = %2, d = %3
            }
            """);
  }

  @Test
  void integersStay() {
    RuleTester.of(new ClampToClip())
        .declines(
            """
            (%x: i32[N]) {
              %0: i32[N] = onnx.Max(%x, i32[]{0})
              return y = %0
            }
            """,
            "it is not a float clamp with constant bounds");
  }

  @Test
  void broadcastingBoundStays() {
    RuleTester.of(new ClampToClip())
        .declines(
            """
            (%x: f32[]) {
              %0: f32[3] = onnx.Max(%x, f32[3]{0.0, 0.0, 0.0})
              return y = %0
            }
            """,
            "it is not a float clamp with constant bounds");
  }

  @Test
  void clipStays() {
    RuleTester.of(new ClampToClip())
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{0.0}, f32[]{6.0})
              return y = %0
            }
            """,
            "it is the simplest form already");
  }

  @Test
  void relu6FromItsParts() {
    RuleTester.of(new MergeClamps())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Relu(%x)
              %1: f32[N] = onnx.Min(%0, f32[]{6.0})
              return y = %1
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{0.0}, f32[]{6.0})
              return y = %0
            }
            """);
  }

  @Test
  void weakerClampIsDropped() {
    RuleTester.of(new MergeClamps())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{1.0}, f32[]{2.0})
              %1: f32[N] = onnx.Relu(%0)
              return y = %1, z = %0
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{1.0}, f32[]{2.0})
              return y = %0, z = %0
            }
            """);
  }

  @Test
  void disjointClampsGiveAConstant() {
    RuleTester.of(new MergeClamps())
        .rewrites(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{1.0}, f32[]{2.0})
              %1: f32[N] = onnx.Clip(%0, f32[]{3.0}, f32[]{4.0})
              return y = %1
            }
            """,
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Clip(%x, f32[]{3.0}, f32[]{3.0})
              return y = %0
            }
            """);
  }

  @Test
  void sharedClampStays() {
    RuleTester.of(new MergeClamps())
        .declines(
            """
            (%x: f32[N]) {
              %0: f32[N] = onnx.Relu(%x)
              %1: f32[N] = onnx.Min(%0, f32[]{6.0})
              return y = %1, z = %0
            }
            """,
            "the inner clamp is read elsewhere");
  }

  @Test
  void constantConditionChooses() {
    RuleTester.of(new WhereOfConstant())
        .rewrites(
            """
            (%x: f32[N,2], %z: f32[2]) {
              %0: f32[N,2] = onnx.Where(bool[2]{true, true}, %x, %z)
              return y = %0
            }
            """,
            """
            (%x: f32[N,2], %z: f32[2]) {
              return y = %x
            }
            """);
  }

  @Test
  void broadcastingBranchStays() {
    RuleTester.of(new WhereOfConstant())
        .declines(
            """
            (%x: f32[N,2], %z: f32[2]) {
              %0: f32[N,2] = onnx.Where(bool[]{false}, %x, %z)
              return y = %0
            }
            """,
            "broadcasting changes the shape");
  }

  @Test
  void mixedConditionStays() {
    RuleTester.of(new WhereOfConstant())
        .declines(
            """
            (%x: f32[2], %z: f32[2]) {
              %0: f32[2] = onnx.Where(bool[2]{false, true}, %x, %z)
              return y = %0
            }
            """,
            "the condition is not the same everywhere");
  }

  @Test
  void constantsAndKnownShapesAreEvaluated() {
    RuleTester.of(new EvaluateConstants())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: i64[1] = onnx.Shape(%x) {start=1}
              %1: f32[2] = onnx.Mul(f32[2]{1.0, 2.0}, f32[]{3.0})
              %2: f32[2] = onnx.Sqrt(%1)
              return s = %0, y = %2
            }
            """,
            """
            (%x: f32[N,4]) {
              return s = i64[1]{4}, y = f32[2]{1.7320508, 2.4494898}
            }
            """);
  }

  @Test
  void symbolicShapesStay() {
    RuleTester.of(new EvaluateConstants())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: i64[2] = onnx.Shape(%x)
              return s = %0
            }
            """,
            "its value is not known");
  }
}
