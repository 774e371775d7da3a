// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

/** What the graph tells of its inputs. */
class InferredInputsTest {
  @Test
  void indicesStayBelowTheTable() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%ids: i32[batch,s], %table: f32[50,4], %free: i64[2]) {
              %0: i64[batch,s] = onnx.Cast(%ids) {to=i64}
              %1: f32[batch,s,4] = onnx.Gather(%table, %0) {axis=0}
              return y = %1
            }
            """);
    assertEquals("{ids=0..49}", IndexBounds.of(graph).toString());
  }

  @Test
  void filtersTellChannels() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%image: f32[a,h,w,c], %filter: f32[8,3,3,3]) {
              %0: f32[a,c,h,w] = onnx.Transpose(%image) {perm=[0, 3, 1, 2]}
              %1: f32[*] = onnx.Conv(%0, %filter) {group=2}
              return y = %1
            }
            """);
    assertEquals("f32[a,h,w,6]", OpenExtents.of(graph).get("image").toString());
  }

  @Test
  void scalarsAreFactorsAndSizes() {
    assertEquals("0.5..1", ValueRange.of(DType.F32, 0).toString());
    assertEquals("1..9", ValueRange.of(DType.I32, 0).toString());
    assertEquals("0..255", ValueRange.of(DType.U8, 0).toString());
    assertEquals("-1..1", ValueRange.of(DType.F32, 1).toString());
    assertEquals("0..9", ValueRange.of(DType.I64, 2).toString());
  }

  @Test
  void matricesTellFeatures() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%x: f32[a,k], %w: f32[5,7]) {
              %0: f32[*] = onnx.Gemm(%x, %w) {transB=1}
              return y = %0
            }
            """);
    assertEquals("f32[a,7]", OpenExtents.of(graph).get("x").toString());
  }
}
