// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.imports.Defs.node;

import org.junit.jupiter.api.Test;

/** Control flow of both kinds, as graphs in stage TF. */
class FlowImportTest {
  @Test
  void aSwitchAndAMergeAreAnIf() {
    assertEquals(
        """
        graph @g(%c: f32[2], %x: f32[2]) {
          %0: bool[*] = tf.IsNan(%c) @"p"
          %1: f32[*], %2: i32[*] = tf.If(%0) body @"m/1"() {
            %3: f32[*] = tf.Neg(%x) @"yes"
            return output_0 = %3, output_1 = i32[]{1}
          } body @"m/0"() {
            return output_0 = %x, output_1 = i32[]{0}
          } @"m"
          return m = %1
        }
        """,
        new Defs()
            .input("c", 2)
            .input("x", 2)
            .add(
                node("p", "IsNan c"),
                node("s", "Switch x p"),
                node("yes", "Neg s:1"),
                node("m", "Merge s yes"))
            .text("m"));
  }

  /** A variable that only goes round is read from outside; so is what Enter brings in. */
  @Test
  void aFrameIsAWhile() {
    assertEquals(
        """
        graph @g(%x: f32[2], %w: f32[2]) {
          %0: f32[*] = tf.While(%x) body @"/cond"(%1 "m": f32[*]) {
            %2: bool[*] = tf.IsNan(%1) @"p"
            return output_0 = %2
          } body @"/body"(%3 "m": f32[*]) {
            %4: f32[*] = tf.Relu(%w) @"r"
            %5: f32[*] = tf.Add(%3, %4) @"a"
            return output_0 = %5
          } @"out"
          return out = %0
        }
        """,
        new Defs()
            .input("x", 2)
            .input("w", 2)
            .add(
                node("e", "Enter x"),
                node("ew", "Enter w"),
                node("m", "Merge e n"),
                node("mw", "Merge ew nw"),
                node("p", "IsNan m"),
                node("l", "LoopCond p"),
                node("s", "Switch m l"),
                node("sw", "Switch mw l"),
                node("r", "Relu sw:1"),
                node("a", "Add s:1 r"),
                node("n", "NextIteration a"),
                node("nw", "NextIteration sw:1"),
                node("out", "Exit s"))
            .text("out"));
  }
}
