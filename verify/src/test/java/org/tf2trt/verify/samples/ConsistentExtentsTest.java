// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

/** Sizes of open dims with which a network runs. */
class ConsistentExtentsTest {
  private static final Graph FLATTENED =
      Parser.parse(
          """
          graph @g(%image: f32[n,h,w,3], %weights: f32[648,5], %filter: f32[8,3,1,1]) {
            %0: f32[n,3,h,w] = onnx.Transpose(%image) {perm=[0, 3, 1, 2]}
            %1: f32[n,8,h,w] = onnx.Conv(%0, %filter) {kernel_shape=[1, 1]}
            %2: f32[n,8,floordiv(h,4),floordiv(w,4)] = onnx.MaxPool(%1) {kernel_shape=[4, 4], strides=[4, 4]}
            %3: f32[n,648] = onnx.Reshape(%2, i64[2]{0, 648})
            %4: f32[n,5] = onnx.MatMul(%3, %weights)
            return y = %4
          }
          """);

  @Test
  void aDenseLayerBehindAFlattenFixesTheImage() {
    assertEquals("{h=39, w=39}", ConsistentExtents.of(FLATTENED, Map.of(), Map.of()).toString());
  }

  @Test
  void whatIsGivenStays() {
    Map<String, Long> found = ConsistentExtents.of(FLATTENED, Map.of(), Map.of("h", 12L));
    assertEquals("{w=108}", found.toString());
  }

  @Test
  void aFilterWithoutPaddingAsksForSteps() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%x: f32[t,c], %filter: f32[4,40,35]) {
              %0: f32[c,t] = onnx.Transpose(%x) {perm=[1, 0]}
              %1: f32[1,c,t] = onnx.Unsqueeze(%0, i64[1]{0})
              %2: f32[1,4,t-34] = onnx.Conv(%1, %filter) {kernel_shape=[35]}
              return y = %2
            }
            """);
    assertEquals(Map.of("t", 35L, "c", 40L), ConsistentExtents.of(graph, Map.of(), Map.of()));
  }

  @Test
  void operandsThatAreConcatenatedAreOfOneSize() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%a: f32[n,h,w,2], %b: f32[n,k]) {
              %0: f32[n,2*h*w] = onnx.Reshape(%a, i64[2]{0, -1})
              %1: f32[n,2*h*w] = onnx.Add(%0, %b)
              %2: f32[2*n,k] = onnx.Concat(%b, %b) {axis=0}
              return y = %1, z = %2
            }
            """);
    Map<String, Long> found = ConsistentExtents.of(graph, Map.of(), Map.of("k", 50L));
    assertEquals("{h=5, w=5}", found.toString());
  }

  @Test
  void defaultsThatFitStay() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%image: f32[n,h,w,3]) {
              %0: f32[n,h,w,3] = onnx.Relu(%image)
              return y = %0
            }
            """);
    assertEquals(Map.of(), ConsistentExtents.of(graph, Map.of(), Map.of()));
  }

  @Test
  void contradictionsThatNoSizeSolvesChangeNothing() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%x: f32[n,7], %w: f32[9,5]) {
              %0: f32[n,5] = onnx.MatMul(%x, %w)
              return y = %0
            }
            """);
    assertEquals(Map.of(), ConsistentExtents.of(graph, Map.of(), Map.of()));
  }
}
