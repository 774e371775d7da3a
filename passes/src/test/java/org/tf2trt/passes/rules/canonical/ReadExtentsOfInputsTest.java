// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Extents of inner values that an input has. */
final class ReadExtentsOfInputsTest {
  private static final RuleTester RULE = RuleTester.of(new ReadExtentsOfInputs());

  @Test
  void anExtentComesFromTheInput() {
    RULE.rewrites(
        """
        (%x: f32[2,N,4], %w: f32[4,6]) {
          %0: f32[2,N,6] = onnx.MatMul(%x, %w)
          %1: f32[2,6,N] = onnx.Transpose(%0) {perm=[0, 2, 1]}
          %2: i64[1] = onnx.Shape(%1) {end=3, start=2}
          return y = %2, z = %1
        }
        """,
        """
        (%x: f32[2,N,4], %w: f32[4,6]) {
          %0: f32[2,N,6] = onnx.MatMul(%x, %w)
          %1: f32[2,6,N] = onnx.Transpose(%0) {perm=[0, 2, 1]}
          %2: i64[1] = onnx.Shape(%x) {end=2, start=1}
          return y = %2, z = %1
        }
        """);
  }

  @Test
  void soDoesAnElementOfAShape() {
    RULE.rewrites(
        """
        (%x: f32[2,N,4]) {
          %0: f32[2,N,4] = onnx.Exp(%x)
          %1: i64[3] = onnx.Shape(%0)
          %2: i32[3] = onnx.Cast(%1) {to=i32}
          %3: i32[] = onnx.Gather(%2, i64[]{1}) {axis=0}
          return y = %3, z = %0
        }
        """,
        """
        (%x: f32[2,N,4]) {
          %0: f32[2,N,4] = onnx.Exp(%x)
          %1: i64[3] = onnx.Shape(%x)
          %2: i32[3] = onnx.Cast(%1) {to=i32}
          %3: i32[] = onnx.Gather(%2, i64[]{1}) {axis=0}
          return y = %3, z = %0
        }
        """);
  }

  /** One of two inputs with the same symbol may be broadcast: the sum has the larger extent. */
  @Test
  void declinesWhereTwoInputsShareTheExtent() {
    RULE.declines(
        """
        (%x: f32[N,4], %w: f32[N,4]) {
          %0: f32[N,4] = onnx.Add(%x, %w)
          %1: i64[1] = onnx.Shape(%0) {end=1, start=0}
          return y = %1
        }
        """,
        "there is not one input that has these extents");
  }

  @Test
  void declinesExtentsThatNoInputHasAndInputs() {
    RULE.declines(
        """
        (%x: f32[N,4]) {
          %0: f32[2*N,4] = onnx.Concat(%x, %x) {axis=0}
          %1: i64[1] = onnx.Shape(%0) {end=1, start=0}
          return y = %1
        }
        """,
        "there is not one input that has these extents");
    RULE.declines(
        "(%x: f32[N,4]) { %0: i64[1] = onnx.Shape(%x) {end=1, start=0} return y = %0 }",
        "it reads an input already");
  }
}
