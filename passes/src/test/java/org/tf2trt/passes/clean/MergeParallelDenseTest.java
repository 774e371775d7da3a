// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.PassTester;

final class MergeParallelDenseTest {
  @Test
  void queriesAndKeysOfHeads() {
    PassTester.of(new MergeParallelDense())
        .rewrites(
            """
            (%x: f32[N,T,1]) {
              %0: f32[N,T,2] = onnx.MatMul(%x, f32[1,2]{1.0, 2.0})
              %1: f32[N,T,2] = onnx.Add(%0, f32[2]{0.5, 0.25})
              %2: f32[N,T,1,2] = onnx.Reshape(%1, i64[4]{0, -1, 1, 2})
              %3: f32[N,T,2] = onnx.MatMul(%x, f32[1,2]{3.0, 4.0})
              %4: f32[N,T,2] = onnx.Add(%3, f32[]{7.0})
              %5: f32[N,T,1,2] = onnx.Reshape(%4, i64[4]{0, -1, 1, 2})
              return q = %2, k = %5
            }
            """,
            """
            (%x: f32[N,T,1]) {
              %0: f32[N,T,4] = onnx.MatMul(%x, f32[1,4]{1.0, 2.0, 3.0, 4.0})
              %1: f32[N,T,4] = onnx.Add(%0, f32[4]{0.5, 0.25, 7.0, 7.0})
              %2: f32[N,T,2,2] = onnx.Reshape(%1, i64[4]{0, -1, 2, 2})
              %3: f32[N,T,1,2], %4: f32[N,T,1,2] = onnx.Split(%2) {axis=2, num_outputs=2}
              return q = %3, k = %4
            }
            """);
  }

  @Test
  void withoutHeads() {
    PassTester.of(new MergeParallelDense())
        .rewrites(
            """
            (%x: f32[N,T,1]) {
              %0: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{1.0})
              %1: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{3.0})
              %2: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{5.0})
              return a = %0, b = %1, c = %2
            }
            """,
            """
            (%x: f32[N,T,1]) {
              %0: f32[N,T,3] = onnx.MatMul(%x, f32[1,3]{1.0, 3.0, 5.0})
              %1: f32[N,T,1], %2: f32[N,T,1], %3: f32[N,T,1] = onnx.Split(%0) {axis=2, num_outputs=3}
              return a = %1, b = %2, c = %3
            }
            """);
  }

  @Test
  void twoBareProductsWouldGainNothing() {
    PassTester.of(new MergeParallelDense())
        .keeps(
            """
            (%x: f32[N,T,1]) {
              %0: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{1.0})
              %1: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{3.0})
              return a = %0, b = %1
            }
            """);
  }

  @Test
  void otherSequencesAndWidthsStayApart() {
    PassTester.of(new MergeParallelDense())
        .keeps(
            """
            (%x: f32[N,T,1], %z: f32[N,T,1]) {
              %0: f32[N,T,1] = onnx.MatMul(%x, f32[1,1]{1.0})
              %1: f32[N,T,1] = onnx.Add(%0, f32[1]{1.0})
              %2: f32[N,T,2] = onnx.MatMul(%x, f32[1,2]{3.0, 1.0})
              %3: f32[N,T,2] = onnx.Add(%2, f32[2]{1.0, 1.0})
              %4: f32[N,T,1] = onnx.MatMul(%z, f32[1,1]{1.0})
              %5: f32[N,T,1] = onnx.Add(%4, f32[1]{1.0})
              return a = %1, b = %3, c = %5
            }
            """);
  }
}
