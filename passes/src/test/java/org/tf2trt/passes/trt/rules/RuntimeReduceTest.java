// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HashMap;
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

/** Reductions of axes that are inputs, for each choice of axes. */
class RuntimeReduceTest {
  private static final RuleTester RULE = RuleTester.of(new RuntimeReduce());

  /** An axis is the rest of dividing by 3; the only one, or the second, counts from the end. */
  private static String reduction(String op, int axes, int keep) {
    return """
    (%x: f32[N,3,4], %n: i32[AXES]) {
      %0: i32[AXES] = onnx.Mod(%n, i32[]{3})
      %1: i32[AXES] = onnx.Sub(%0, i32[AXES]{SHIFT})
      %2: f32[RESULT] = onnx.OP(%x, %1) {keepdims=KEEP}
      return y = %2
    }
    """
        .replace("i32[AXES]{SHIFT}", axes == 1 ? "i32[1]{3}" : "i32[2]{0, 3}")
        .replace("AXES", String.valueOf(axes))
        .replace("RESULT", keep == 1 ? "?,?,?" : axes == 1 ? "?,?" : "?")
        .replace("OP", op)
        .replace("KEEP", String.valueOf(keep));
  }

  private static double[] evaluate(Graph graph, long... numbers) {
    Map<String, TensorData> inputs = new HashMap<>();
    ByteBuffer x = Elements.allocate(DType.F32, 24);
    for (int i = 0; i < 24; i++) {
      Elements.putDouble(DType.F32, x, i, (i * 7 % 11) - 3);
    }
    inputs.put("x", TensorData.of(DType.F32, new long[] {2, 3, 4}, x));
    ByteBuffer n = Elements.allocate(DType.I32, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      Elements.putLong(DType.I32, n, i, numbers[i]);
    }
    inputs.put("n", TensorData.of(DType.I32, new long[] {numbers.length}, n));
    return Evaluator.evaluate(graph, inputs).get("y").doubles();
  }

  private static void same(Graph made, String before, long... numbers) {
    Graph given = Parser.parse("graph @g" + before.strip());
    assertArrayEquals(evaluate(given, numbers), evaluate(made, numbers), 1e-5);
  }

  @Test
  void oneAxis() {
    for (String op : List.of("ReduceSum", "ReduceMean", "ReduceMax", "ReduceProd", "ReduceL2")) {
      for (int keep : new int[] {0, 1}) {
        String before = reduction(op, 1, keep);
        Graph made = RULE.fires(before);
        assertEquals(List.of(), Legality.of(made, Target.TRT));
        for (long axis = 0; axis < 3; axis++) {
          same(made, before, axis);
        }
      }
    }
  }

  @Test
  void twoAxes() {
    for (int keep : new int[] {0, 1}) {
      String before = reduction("ReduceMean", 2, keep);
      Graph made = Parser.parse("graph @g" + before.strip());
      // The axes of random numbers may be the same one, so that this evaluates chosen ones only.
      Rewriter.run(made, List.of(new RuntimeReduce()), new PassContext(17, new Diagnostics()));
      assertEquals(List.of(), Legality.of(made, Target.TRT));
      for (long[] axes : new long[][] {{0, 1}, {1, 0}, {2, 0}, {0, 2}, {1, 2}, {2, 1}}) {
        same(made, before, axes);
      }
    }
  }

  @Test
  void declines() {
    RULE.declines(
        "(%x: f32[2,3]) { %0: f32[2] = onnx.ReduceSum(%x, i64[1]{1}) {keepdims=0} return y = %0 }",
        "its axes are constant");
    RULE.declines(
        "(%x: f32[2,3], %a: i64[K]) { %0: f32[?,?] = onnx.ReduceSum(%x, %a) return y = %0 }",
        "how many axes there are is not known");
    RULE.declines(
        "(%x: f32[2,3], %a: i64[0]) { %0: f32[2,3] = onnx.ReduceSum(%x, %a) return y = %0 }",
        "it has no axis, or too many");
    RULE.declines(
        "(%x: f32[2,3], %a: i64[2]) { %0: f32[1,1] = onnx.ReduceSumSquare(%x, %a) return y = %0 }",
        "its axes cannot be reduced one by one");
  }
}
