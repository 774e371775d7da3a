// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

class MergeBranchesTest {
  private static final String TWO =
      """
      graph @g(%c: bool[], %d: bool[], %x: f32[2]) {
        %0: f32[2] = onnx.If(%c)
          body @then() { %1: f32[2] = onnx.Neg(%x) %2: f32[2] = onnx.Exp(%1) return y = %2 }
          body @else() { return y = %x }
        %3: f32[2] = onnx.If(%c)
          body @then() { %4: f32[2] = onnx.Neg(%x) %5: f32[2] = onnx.Abs(%4) return y = %5 }
          body @else() { %6: f32[2] = onnx.Sqrt(%x) return y = %6 }
        return a = %0, b = %3
      }
      """;

  @Test
  void conditionalsOfOneConditionBecomeOne() {
    Graph merged = run(TWO);
    assertEquals(1, merged.size(), Printer.print(merged));
    assertEquals(2, merged.first().results().size());
    same(TWO, merged);
    new EliminateCommonSubexpressions().run(merged, new PassContext(17, new Diagnostics()));
    assertEquals(3, merged.first().bodies().get(0).size(), Printer.print(merged));
    same(TWO, merged);
  }

  @Test
  void othersStay() {
    String text = TWO.replaceFirst("(?s)(%3: f32\\[2\\] = onnx.If\\()%c", "$1%d");
    assertEquals(2, run(text).size());
  }

  /** The second reads what is made between them, maybe of the first. */
  @Test
  void conditionalsThatFollowFromTheFirstStay() {
    String text = TWO.replace("onnx.Sqrt(%x)", "onnx.Sqrt(%0)");
    Graph graph = run(text);
    assertEquals(2, graph.size(), Printer.print(graph));
    same(text, graph);
  }

  @Test
  void threeBecomeOneInsideABodyToo() {
    String text =
        """
        graph @g(%c: bool[], %d: bool[], %x: f32[2]) {
          %9: f32[2], %10: f32[2], %11: f32[2] = onnx.If(%d)
            body @outer() {
              %0: f32[2] = onnx.If(%c)
                body @t0() { %1: f32[2] = onnx.Neg(%x) return y = %1 }
                body @e0() { return y = %x }
              %2: f32[2] = onnx.If(%c)
                body @t1() { %3: f32[2] = onnx.Abs(%x) return y = %3 }
                body @e1() { return y = %x }
              %4: f32[2] = onnx.If(%c)
                body @t2() { return y = %x }
                body @e2() { %5: f32[2] = onnx.Exp(%x) return y = %5 }
              return a = %0, b = %2, c = %4
            }
            body @none() { return a = %x, b = %x, c = %x }
          return a = %9, b = %10, c = %11
        }
        """;
    Graph graph = run(text);
    assertEquals(1, graph.first().bodies().get(0).size(), Printer.print(graph));
    assertEquals(
        List.of("y", "y_2", "y_3"),
        graph.first().bodies().get(0).first().bodies().get(0).outputNames());
    same(text, graph);
  }

  private static void same(String before, Graph after) {
    assertEquals(List.of(), Verifier.verify(after));
    for (int c = 0; c < 4; c++) {
      Map<String, TensorData> inputs =
          Map.of(
              "c", TensorData.scalar(DType.BOOL, c & 1),
              "d", TensorData.scalar(DType.BOOL, c >> 1),
              "x", TensorData.ofFloats(new long[] {2}, 4, 9));
      assertEquals(
          Evaluator.evaluate(Parser.parse(before), inputs).toString(),
          Evaluator.evaluate(after, inputs).toString());
    }
    assertTrue(after.size() > 0);
  }

  private static Graph run(String text) {
    Graph graph = Parser.parse(text);
    new MergeBranches().run(graph, new PassContext(17, new Diagnostics()));
    return graph;
  }
}
