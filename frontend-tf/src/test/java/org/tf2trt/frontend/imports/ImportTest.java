// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DataType;
import org.tf2trt.ir.diag.DiagnosticException;

class ImportTest {
  @Test
  void onlyWhatTheOutputsNeedIsImported() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"n"
          return n = %0
        }
        """,
        new Defs()
            .input("x", 2)
            .add(
                node("check", "Assert x x"),
                node("broken", "Neg gone"),
                node("group", "NoOp ^check ^broken"),
                node("n", "Neg x ^check ^group"),
                node("m", "Relu n"))
            .text("n"));
  }

  @Test
  void defaultsOfStrippedAttributesAreFilledIn() {
    assertEquals(
        """
        graph @g(%x: f32[2,4]) {
          %0: f32[*] = tf.LeakyRelu(%x) {alpha=0.2} @"l"
          %1: i64[*] = tf.ArgMax(%0, f32[]{1.0}) {Tidx=f32, output_type=i64} @"a"
          return a = %1
        }
        """,
        new Defs()
            .input("x", 2, 4)
            .constant("one", 1f)
            .add(node("l", "LeakyRelu x"))
            .add(node("a", "ArgMax l one", Map.of("Tidx", Defs.type(DataType.DT_FLOAT))))
            .text("a"));
  }

  @Test
  void attributesOfTheRuntimeAreDropped() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"n"
          return n = %0
        }
        """,
        new Defs().input("x", 2).node("n", "Neg x", "_output_shapes", Defs.integer(1)).text("n"));
  }

  @Test
  void unknownOpsAreImportedWithAllOutputsThatAreRead() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*], %1: f32[*], %2: f32[*] = "tf.Addons>Fancy"(%x) {alpha=3} @"f"
          %3: f32[*] = tf.AddV2(%0, %2) @"sum"
          return sum = %3
        }
        """,
        new Defs()
            .input("x", 2)
            .node("f", "Addons>Fancy x", "alpha", Defs.integer(3))
            .add(node("sum", "AddV2 f f:2"))
            .text("sum"));
  }

  /** The walk does not follow the back edge around. */
  @Test
  void aLoopThatNothingEndsIsRefused() {
    Defs loop =
        new Defs()
            .input("x")
            .add(
                node("e", "Enter x"),
                node("m", "Merge e next", Map.of("N", Defs.integer(2))),
                node("n", "Neg m"),
                node("next", "NextIteration n"),
                node("exit", "Exit m"));
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> loop.text("exit"));
    assertTrue(e.getMessage().contains("leaves no loop"), e.getMessage());
  }

  @Test
  void aChainOfManyNodesNeedsNoDeepStack() {
    int length = 100_000;
    Defs defs = new Defs().input("n0", 2);
    for (int i = 1; i <= length; i++) {
      defs.add(node("n" + i, "Neg n" + (i - 1)));
    }
    assertEquals(length, defs.load("n" + length).size());
  }

  /** There are 2^50000 ways from the output to the input. */
  @Test
  void sharedInputsAreImportedOnce() {
    int levels = 50_000;
    Defs defs = new Defs().input("n0", 2);
    for (int i = 1; i <= levels; i++) {
      String below = i == 1 ? "n0" : "n" + (i - 2);
      defs.add(node("n" + i, "AddV2 n" + (i - 1) + " " + below));
    }
    assertEquals(levels, defs.load("n" + levels).size());
  }
}
