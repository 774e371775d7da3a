// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.rewrite.Rewriter;
import org.tf2trt.passes.rewrite.RuleTester;
import org.tf2trt.passes.trt.Legality;
import org.tf2trt.passes.trt.Target;

/** Loops that end early repeat an iteration; what the repetitions collect is left out. */
class RunAllTripsTest {
  private static final RuleTester RULE = RuleTester.of(new RunAllTrips());

  /** Halves x while its largest element is above a limit, and collects it with the step. */
  private static String halving(String begins) {
    return """
    (%x: f32[4], %limit: f32[]) {
      %0: f32[] = onnx.ReduceMax(%x, i64[1]{0}) {keepdims=0}
      %1: bool[] = onnx.Greater(%0, %limit)
      %2: f32[4], %3: f32[?,4], %4: i64[?] = onnx.Loop(i64[]{6}, BEGINS, %x) body @halve(%i "i": i64[], %k "k": bool[], %s "s": f32[4]) {
        %5: f32[4] = onnx.Mul(%s, f32[]{0.5})
        %6: f32[] = onnx.ReduceMax(%5, i64[1]{0}) {keepdims=0}
        %7: bool[] = onnx.Greater(%6, %limit)
        return again = %7, s = %5, list = %s, step = %i
      }
      return y = %2, all = %3, steps = %4
    }
    """
        .replace("BEGINS", begins);
  }

  private static Map<String, TensorData> run(Graph graph, float limit) {
    TensorData x = TensorData.of(DType.F32, new long[] {4}, bytes(8, 1, 2, 3));
    return Evaluator.evaluate(graph, Map.of("x", x, "limit", TensorData.scalar(DType.F32, limit)));
  }

  private static ByteBuffer bytes(float... values) {
    ByteBuffer bytes = Elements.allocate(DType.F32, values.length);
    for (int i = 0; i < values.length; i++) {
      Elements.putDouble(DType.F32, bytes, i, values[i]);
    }
    return bytes;
  }

  @Test
  void eachNumberOfIterationsGivesTheSame() {
    for (String begins : List.of("%1", "_", "bool[]{true}")) {
      Graph made = RULE.fires(halving(begins));
      assertEquals(List.of(), Legality.of(made, Target.TRT));
      Graph before = Parser.parse("graph @g" + halving(begins).strip());
      // Nothing, one iteration, some, and all.
      for (float limit : new float[] {9, 5, 1.5f, 0.2f, 0}) {
        Map<String, TensorData> expected = run(before, limit);
        Map<String, TensorData> actual = run(made, limit);
        for (String name : expected.keySet()) {
          assertEquals(expected.get(name).type(), actual.get(name).type(), name);
          assertArrayEquals(expected.get(name).doubles(), actual.get(name).doubles(), name);
        }
      }
      assertEquals(3, run(made, 1.5f).get("steps").elements());
    }
  }

  @Test
  void repetitionsStayInBounds() {
    // The loop ends where the list does; a further step would read behind it.
    String before =
        """
        (%x: f32[3]) {
          %0: i64[], %1: f32[?] = onnx.Loop(i64[]{5}, bool[]{true}, i64[]{0}) body @read(%i "i": i64[], %k "k": bool[], %at "at": i64[]) {
            %2: f32[] = onnx.Gather(%x, %at) {axis=0}
            %3: f32[] = onnx.Gather(%x, %i) {axis=0}
            %4: f32[] = onnx.Add(%2, %3)
            %5: i64[] = onnx.Add(%at, i64[]{1})
            %6: bool[] = onnx.Less(%5, i64[]{3})
            return again = %6, at = %5, list = %4
          }
          return y = %0, all = %1
        }
        """;
    assertEquals(List.of(), Legality.of(RULE.fires(before), Target.TRT));
  }

  @Test
  void declines() {
    RULE.declines(
        halving("%1").replace("i64[]{6}", "_"), "its trip count is not known, or too large");
    RULE.declines(
        halving("%1").replace("i64[]{6}", "i64[]{1000000}"),
        "its trip count is not known, or too large");
    RULE.declines(
        """
        (%x: f32[]) {
          %0: f32[], %1: f32[?] = onnx.Loop(i64[]{3}, _, %x) body @add(%i "i": i64[], %k "k": bool[], %s "s": f32[]) {
            %2: f32[] = onnx.Add(%s, %s)
            return again = %k, s = %2, list = %2
          }
          return y = %0, all = %1
        }
        """,
        "it runs to its trip count");
    RULE.declines(halving("%1").replace(", all = %3, steps = %4", ""), "it collects nothing");
    RULE.declines(
        halving("%1")
            .replace("onnx.Mul(%s, f32[]{0.5})", "onnx.Gather(%x, PLACES) {axis=0}")
            .replace("PLACES", "i64[4]{0, 1, 2, 3}")
            .replace("%5: f32[4]", "%8: i64[4] = onnx.Cast(%s) {to=i64}\n%5: f32[4]")
            .replace("i64[4]{0, 1, 2, 3}", "%8"),
        "its body may fail where it would not begin");
    RULE.declines(
        """
        (%x: f32[1], %c: bool[]) {
          %0: f32[?], %1: f32[?] = onnx.Loop(i64[]{3}, _, %x) body @grow(%i "i": i64[], %k "k": bool[], %s "s": f32[?]) {
            %2: f32[?] = onnx.Concat(%s, f32[1]{1.0}) {axis=0}
            return again = %c, s = %2, list = f32[]{2.0}
          }
          return y = %0, all = %1
        }
        """,
        "what it carries may change its shape");
  }

  @Test
  void loopsThatDoNotBeginAreReported() {
    Graph graph =
        Parser.parse(
            "graph @g"
                + halving("%1")
                    .replace("again = %7", "again = %k")
                    .replace("i64[]{6}", "i64[]{1000000}")
                    .strip());
    Rewriter.run(graph, List.of(new RunAllTrips()), new PassContext(17, new Diagnostics()));
    assertEquals(1, Legality.of(graph, Target.TRT).size());
  }
}
