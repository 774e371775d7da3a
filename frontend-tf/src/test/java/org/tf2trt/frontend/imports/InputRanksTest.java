// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

/** Ranks of inputs that the graph does not state. */
class InputRanksTest {
  private static String inputs(String graph) {
    Graph g = Parser.parse("graph @g" + graph.strip());
    InputRanks.infer(g, new InputSymbols());
    return g.params().stream().map(p -> p.name() + ": " + p.shape()).toList().toString();
  }

  @Test
  void imagesAndFilters() {
    assertEquals(
        "[x: [batch,x_d1,x_d2,x_d3], w: [w_d0,w_d1,w_d2,w_d3]]",
        inputs(
            """
            (%x: f32[*], %w: f32[*]) {
              %0: f32[*] = tf.Relu(%x)
              %1: f32[*] = tf.Conv2D(%0, %w)
              return y = %1
            }
            """));
  }

  @Test
  void scalarsAndVectors() {
    assertEquals(
        "[b: [batch,b_d1], s: [s_d0], n: [], t: []]",
        inputs(
            """
            (%b: f32[*], %s: f32[*], %n: i32[*], %t: f32[*]) {
              %0: f32[] = tf.Abs(%t)
              %1: i32[*] = tf.NonMaxSuppressionV3(%b, %s, %n, %0, f32[]{0.5})
              return y = %1
            }
            """));
    assertEquals(
        "[p: [batch,p_d1], v: []]",
        inputs(
            """
            (%p: i32[*], %v: f32[*]) {
              %0: f32[*] = tf.PadV2(f32[2]{1.0, 2.0}, %p, %v)
              return y = %0
            }
            """));
  }

  @Test
  void whatTakesAnyRankSaysNothing() {
    assertEquals(
        "[x: [*], v: [*]]",
        inputs(
            """
            (%x: f32[*], %v: f32[*]) {
              %0: f32[*] = tf.Fill(i32[1]{3}, %v)
              %1: f32[*] = tf.Maximum(%x, %0)
              return y = %1
            }
            """));
  }
}
