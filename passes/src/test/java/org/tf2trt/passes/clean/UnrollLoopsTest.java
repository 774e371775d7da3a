// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

class UnrollLoopsTest {
  private static final String LOOP =
      """
      graph @g(%x: f32[2]) {
        %0: f32[2], %1: f32[3,2] = onnx.Loop(i64[]{3}, _, %x)
          body @b(%i "i": i64[], %g "g": bool[], %v "v": f32[2]) {
            %2: f32[] = onnx.Cast(%i) {to=f32}
            %3: f32[2] = onnx.Add(%v, %2)
            %4: f32[2] = onnx.Neg(%3)
            return go = bool[]{true}, v = %3, y = %4
          }
        return last = %0, all = %1
      }
      """;

  @Test
  void writesIterationsOut() {
    Graph unrolled = run(LOOP, 3);
    assertFalse(Printer.print(unrolled).contains("onnx.Loop"));
    assertEquals(List.of(), Verifier.verify(unrolled));
    Map<String, TensorData> x = Map.of("x", TensorData.ofFloats(new long[] {2}, 1, -1));
    assertEquals(
        Evaluator.evaluate(Parser.parse(LOOP), x).toString(),
        Evaluator.evaluate(unrolled, x).toString());
    assertEquals("f32[2]{4.0, 2.0}", Evaluator.evaluate(unrolled, x).get("last").text());
    assertEquals(
        "f32[3,2]{-1.0, 1.0, -2.0, -0.0, -4.0, -2.0}",
        Evaluator.evaluate(unrolled, x).get("all").text());
  }

  @Test
  void leavesLoopsOfMoreIterations() {
    assertTrue(Printer.print(run(LOOP, 2)).contains("onnx.Loop"));
    assertTrue(Printer.print(run(LOOP, 0)).contains("onnx.Loop"));
  }

  @Test
  void leavesLoopsThatMayEndEarly() {
    String text =
        LOOP.replace("%x: f32[2])", "%x: f32[2], %go: bool[])").replace("_, %x", "%go, %x");
    assertTrue(Printer.print(run(text, 3)).contains("onnx.Loop"));
  }

  /** What a condition is computed from is known; what the loop hands on grows. */
  @Test
  void writesOutLoopsWhoseConditionIsKnown() {
    String text =
        """
        graph @g(%x: f32[1]) {
          %0: f32[], %1: f32[?] = onnx.Loop(_, bool[]{true}, f32[]{100.0}, %x)
            body @b(%i "i": i64[], %g "g": bool[], %s "s": f32[], %v "v": f32[?]) {
              %2: f32[] = onnx.Mul(%s, f32[]{0.5})
              %3: bool[] = onnx.Greater(%2, f32[]{12.0})
              %4: f32[1] = onnx.Unsqueeze(%2, i64[1]{0})
              %5: f32[?] = onnx.Concat(%v, %4) {axis=0}
              return again = %3, s = %2, v = %5
            }
          return last = %0, all = %1
        }
        """;
    assertTrue(Printer.print(run(text, 3)).contains("onnx.Loop"));
    Graph unrolled = run(text, 4);
    assertFalse(Printer.print(unrolled).contains("onnx.Loop"));
    Map<String, TensorData> x = Map.of("x", TensorData.ofFloats(new long[] {1}, 7));
    assertEquals(
        "f32[5]{7.0, 50.0, 25.0, 12.5, 6.25}", Evaluator.evaluate(unrolled, x).get("all").text());
    assertEquals(
        Evaluator.evaluate(Parser.parse(text), x).toString(),
        Evaluator.evaluate(unrolled, x).toString());
  }

  @Test
  void takesABranchThatIsKnown() {
    Graph graph =
        run(
            """
            graph @g(%x: f32[2]) {
              %0: f32[2] = onnx.If(bool[]{false})
                body @then() { %1: f32[2] = onnx.Neg(%x) return y = %1 }
                body @else() { %2: f32[2] = onnx.Abs(%x) return y = %2 }
              return y = %0
            }
            """,
            8);
    assertEquals(1, graph.size());
    assertTrue(graph.first().is("onnx.Abs"));
  }

  private static Graph run(String text, int trips) {
    Graph graph = Parser.parse(text);
    new UnrollLoops(trips).run(graph, new PassContext(17, new Diagnostics()));
    return graph;
  }
}
