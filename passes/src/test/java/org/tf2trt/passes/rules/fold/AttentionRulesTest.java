// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Scales and shifts around dense layers whose outputs are split into heads. */
final class AttentionRulesTest {
  @Test
  void scaleOfScoresGoesIntoTheQueries() {
    RuleTester.of(new FoldNumberIntoDense())
        .rewrites(
            """
            (%x: f32[N,T,2], %k: f32[N,T,1,2]) {
              %0: f32[N,T,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0})
              %1: f32[N,T,2] = onnx.Add(%0, f32[2]{5.0, 6.0})
              %2: f32[N,T,1,2] = onnx.Reshape(%1, i64[4]{0, -1, 1, 2})
              %3: f32[N,1,T,T] = onnx.Einsum(%2, %k) {equation="abcd,aecd->acbe"}
              %4: f32[N,1,T,T] = onnx.Mul(%3, f32[]{0.5})
              return y = %4
            }
            """,
            """
            (%x: f32[N,T,2], %k: f32[N,T,1,2]) {
              %0: f32[N,T,2] = onnx.MatMul(%x, f32[2,2]{0.5, 1.0, 1.5, 2.0})
              %1: f32[N,T,2] = onnx.Add(%0, f32[2]{2.5, 3.0})
              %2: f32[N,T,1,2] = onnx.Reshape(%1, i64[4]{0, -1, 1, 2})
              %3: f32[N,1,T,T] = onnx.Einsum(%2, %k) {equation="abcd,aecd->acbe"}
              return y = %3
            }
            """);
  }

  @Test
  void divisorOfTransposedKeys() {
    RuleTester.of(new FoldNumberIntoDense())
        .rewrites(
            """
            (%x: f32[N,2], %q: f32[4,2]) {
              %0: f32[N,2] = onnx.Gemm(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0}, f32[2]{1.0, 2.0})
              %1: f32[2,N] = onnx.Transpose(%0) {perm=[1, 0]}
              %2: f32[4,N] = onnx.MatMul(%q, %1)
              %3: f32[4,N] = onnx.Div(%2, f32[1]{2.0})
              return y = %3
            }
            """,
            """
            (%x: f32[N,2], %q: f32[4,2]) {
              %0: f32[N,2] = onnx.Gemm(%x, f32[2,2]{0.5, 1.0, 1.5, 2.0}, f32[2]{0.5, 1.0})
              %1: f32[2,N] = onnx.Transpose(%0) {perm=[1, 0]}
              %2: f32[4,N] = onnx.MatMul(%q, %1)
              return y = %2
            }
            """);
  }

  @Test
  void queriesReadElsewhereKeepTheirScale() {
    RuleTester.of(new FoldNumberIntoDense())
        .declines(
            """
            (%x: f32[N,2], %k: f32[2,4]) {
              %0: f32[N,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0})
              %1: f32[N,4] = onnx.MatMul(%0, %k)
              %2: f32[N,4] = onnx.Mul(%1, f32[]{0.5})
              return y = %2, z = %0
            }
            """,
            "no factor is a dense layer read only here");
  }

  @Test
  void scaleOfOtherThingsStays() {
    RuleTester.of(new FoldNumberIntoDense())
        .declines(
            """
            (%x: f32[N,2]) {
              %0: f32[N,2] = onnx.Relu(%x)
              %1: f32[N,2] = onnx.Mul(%0, f32[]{0.5})
              return y = %1
            }
            """,
            "it scales neither a dense layer nor a product, read only here");
  }

  @Test
  void biasOfHeads() {
    RuleTester.of(new MoveShiftBeforeReshape())
        .rewrites(
            """
            (%x: f32[N,T,2]) {
              %0: f32[N,T,4] = onnx.MatMul(%x, f32[2,4]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0})
              %1: f32[N,T,2,2] = onnx.Reshape(%0, i64[4]{0, -1, 2, 2})
              %2: f32[N,T,2,2] = onnx.Add(%1, f32[2,1]{5.0, 6.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N,T,2]) {
              %0: f32[N,T,4] = onnx.MatMul(%x, f32[2,4]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0})
              %1: f32[N,T,4] = onnx.Add(%0, f32[4]{5.0, 5.0, 6.0, 6.0})
              %2: f32[N,T,2,2] = onnx.Reshape(%1, i64[4]{0, -1, 2, 2})
              return y = %2
            }
            """);
  }

  @Test
  void shiftAlongTheSequenceStays() {
    RuleTester.of(new MoveShiftBeforeReshape())
        .declines(
            """
            (%x: f32[N,2,2]) {
              %0: f32[N,2,4] = onnx.MatMul(%x, f32[2,4]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0})
              %1: f32[N,2,2,2] = onnx.Reshape(%0, i64[4]{-1, 2, 2, 2})
              %2: f32[N,2,2,2] = onnx.Add(%1, f32[2,1,1]{5.0, 6.0})
              return y = %2
            }
            """,
            "the shift varies along other axes than the outputs");
  }

  @Test
  void reshapeOfOtherAxesStays() {
    RuleTester.of(new MoveShiftBeforeReshape())
        .declines(
            """
            (%x: f32[4,2]) {
              %0: f32[4,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0})
              %1: f32[2,2,2] = onnx.Reshape(%0, i64[3]{2, 2, 2})
              %2: f32[2,2,2] = onnx.Add(%1, f32[2]{5.0, 6.0})
              return y = %2
            }
            """,
            "the reshape does more than split the last axis");
  }
}
