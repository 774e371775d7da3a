// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.diag.DiagnosticException;

/** If, Loop and Scan in recipes. */
class ControlFlowTest {
  private static final String CLAMP =
      """
      Clamp <limit: float = 1.0> (x, on) => (y) {
        y = If (on) <
          then_branch = cut () => (float[] t) {
            high = Constant <value_float = @limit> ()
            h = CastLike (high, x)
            t = Min (x, h)
          },
          else_branch : graph = keep () => (e) { e = Identity (x) }
        >
      }
      """;

  private static final String POWERS =
      """
      Powers (x, n) => (last, all) <bool go = {1}> {
        last, all = Loop (n, go, x) <
          body = times (int64 i, bool c, v) => (c, w, copy) {
            w = Mul (v, x)
            copy = Identity (w)
          }
        >
      }
      """;

  private static void passes(String text) {
    Recipes.parse("r.txt", text).checks().forEach(SelfCheck::run);
  }

  private static String refusal(String text) {
    return assertThrows(DiagnosticException.class, () -> passes(text)).getMessage();
  }

  private static Graph graph(String text) {
    Graph g = Recipes.parse("r.txt", text).checks().get(0).graph();
    assertEquals(List.of(), Verifier.verify(g));
    return g;
  }

  @Test
  void theBranchThatTheConditionAsksForIsTaken() {
    passes(
        CLAMP
            + """
            check Clamp (float[2] x = {0.5, 3}, bool on = {1}) => (float[2] y = {0.5, 1})
            check Clamp (float[2] x = {0.5, 3}, bool on = {0}) => (float[2] y = {0.5, 3})
            check Clamp <limit = 2> (float[2] x = {0.5, 3}, bool on = {1}) => (float[2] y = {0.5, 2})
            """);
  }

  @Test
  void aLoopCarriesAndCollects() {
    passes(
        POWERS
            + """
            check Powers (float[2] x = {2, 3}, int64 n = {3})
              => (float[2] last = {16, 81}, float[3, 2] all = {4, 9, 8, 27, 16, 81})
            """);
  }

  @Test
  void aLoopEndsWhenItsConditionDoes() {
    passes(
        """
        Collatz (x) => (steps) <int64 zero = {0}> {
          one = Constant <value_int = 1> ()
          two = Constant <value_int = 2> ()
          three = Constant <value_int = 3> ()
          first = Greater (x, one)
          steps, "" = Loop (, first, zero, x) <
            body = step (i, c, count, v) => (goes_on, more, w) {
              rest = Mod (v, two)
              odd = Cast <to = 9> (rest)
              w = If (odd) <
                then_branch = up () => (u) { t = Mul (v, three) u = Add (t, one) },
                else_branch = down () => (d) { d = Div (v, two) }
              >
              more = Add (count, one)
              goes_on = Greater (w, one)
            }
          >
        }
        check Collatz (int64 x = {6}) => (int64 steps = {8})
        check Collatz (int64 x = {1}) => (int64 steps = {0})
        """);
  }

  @Test
  void aScanGoesAlongItsAxis() {
    passes(
        """
        Sums (start, x) => (total, running) {
          total, running = Scan <num_scan_inputs = 1, scan_input_axes = [1], scan_output_axes = [-1],
            body = add (float[2] sum, float[2] column) => (next, copy) {
              next = Add (sum, column)
              copy = Identity (next)
            }> (start, x)
        }
        check Sums (float[2] start = {0, 10}, float[2, 3] x = {1, 2, 3, 4, 5, 6})
          => (float[2] total = {6, 25}, float[2, 3] running = {1, 3, 6, 14, 19, 25})
        """);
  }

  @Test
  void graphsUseRecipesAndAttributes() {
    passes(
        """
        Halve (x) => (y) <float h = {0.5}> { y = Mul (x, h) }
        Halves <by: int = 1> (x) => (y) {
          n = Constant <value_int = @by> ()
          y = Loop (n, , x) <body = once (i, c, v) => (c, w) { w = Halve (v) }>
        }
        Twice (x) => (y) { y = Halves <by = 2> (x) }
        check Twice (float x = {8}) => (float y = {2})
        """);
  }

  @Test
  void aValueMayGrowInALoop() {
    String grows =
        """
        Grow (x, n) => (y) {
          y = Loop (n, , x) <body = b (i, c, v) => (c, w) { w = Concat <axis = 0> (v, x) }>
        }
        check Grow (float[1, 2] x = {1, 2}, int64 n = {2}) => (float[3, 2] y = {1, 2, 1, 2, 1, 2})
        """;
    passes(grows);
    Graph g = graph(grows);
    Node loop = g.nodes().get(g.nodes().size() - 1);
    assertEquals("onnx.Loop", loop.op());
    Shape carried = loop.bodies().get(0).params().get(2).shape();
    assertEquals("[?,2]", carried.toString());
    // The round that assumed [1,2] left nothing behind that reads x.
    assertEquals(2, g.params().get(0).uses().size());
  }

  @Test
  void aKnownShapeIsKeptInALoop() {
    Graph g =
        graph(
            POWERS
                + """
                check Powers (float[2] x = {2, 3}, int64 n = {1})
                  => (float[2] last = {4, 9}, float[1, 2] all = {4, 9})
                """);
    Node loop = g.nodes().get(g.nodes().size() - 1);
    assertEquals("[2]", loop.bodies().get(0).params().get(2).shape().toString());
    assertEquals("[2]", loop.result(0).shape().toString());
  }

  @Test
  void branchesGiveOneType() {
    String text =
        refusal(
            """
            F (x, on) => (y) {
              y = If (on) <then_branch = t () => (u) { u = Identity (x) },
                           else_branch = e () => (v) { v = Cast <to = 7> (x) }>
            }
            check F (float x = {1}, bool on = {1}) => (float y = {1})
            """);
    assertTrue(text.contains("recipe r.txt:2:7: If: output 0 is f32[] in one branch"), text);
  }

  @Test
  void declaredTypesInGraphsAreChecked() {
    String text =
        refusal(
            CLAMP.replace("float[] t", "float[3] t")
                + "check Clamp (float[2] x = {0, 3}, bool on = {1}) => (float[2] y = {0, 1})");
    assertTrue(text.contains("r.txt:3:39"), text);
    assertTrue(text.contains("'t' is f32[2], declared as f32[3]"), text);
  }

  @Test
  void aScanHasAsManyInputsAsItScans() {
    String text =
        refusal(
            """
            F <n: int> (x) => (y) { y = Scan <num_scan_inputs = @n, body = b (v) => (v) { }> (x) }
            check F <n = 2> (float[2] x = {1, 2}) => (float[2] y = {1, 2})
            """);
    assertTrue(text.contains("r.txt:1:29: Scan: Scan has 1 inputs, num_scan_inputs is 2"), text);
  }
}
