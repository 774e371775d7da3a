// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;

class ControlFlowTest {
  private static Map<String, TensorData> run(String text, Map<String, TensorData> params) {
    return Evaluator.evaluate(Parser.parse(text), params);
  }

  @Test
  void ifRunsOneBranchWhichSeesOuterValues() {
    String text =
        """
        graph @g(%p: bool[], %x: f32[1]) {
          %0: f32[1] = onnx.Add(%x, f32[]{1.0})
          %1: f32[1] = onnx.If(%p)
            body @then() {
            return
              y = %0
            }
            body @else() {
              %2: f32[1] = onnx.Neg(%0)
            return
              y = %2
            }
        return
          y = %1
        }
        """;
    TensorData x = TensorData.ofFloats(new long[] {1}, 5);
    for (int p = 0; p < 2; p++) {
      TensorData predicate = TensorData.scalar(DType.BOOL, p);
      String y = run(text, Map.of("p", predicate, "x", x)).get("y").text();
      assertEquals(p == 1 ? "f32[1]{6.0}" : "f32[1]{-6.0}", y);
    }
  }

  private static final String LOOP =
      """
      graph @g(%n: i64[], %go: bool[]) {
        %0: i64[], %1: i64[T] = onnx.Loop(%n, %go, i64[]{1})
          body @b(%i "i": i64[], %c "c": bool[], %v "v": i64[]) {
            %2: i64[] = onnx.Mul(%v, i64[]{2})
            %3: bool[] = onnx.Less(%2, i64[]{10})
          return
            c = %3, v = %2, s = %i
          }
      return
        v = %0, s = %1
      }
      """;

  @Test
  void loopsEndByCountOrCondition() {
    TensorData yes = TensorData.scalar(DType.BOOL, 1);
    Map<String, TensorData> three =
        run(LOOP, Map.of("n", TensorData.scalar(DType.I64, 3), "go", yes));
    assertEquals("i64[]{8}", three.get("v").text());
    assertEquals("i64[3]{0, 1, 2}", three.get("s").text());
    Map<String, TensorData> many =
        run(LOOP, Map.of("n", TensorData.scalar(DType.I64, 99), "go", yes));
    assertEquals("i64[]{16}", many.get("v").text());
    Map<String, TensorData> none =
        run(
            LOOP,
            Map.of("n", TensorData.scalar(DType.I64, 99), "go", TensorData.scalar(DType.BOOL, 0)));
    assertEquals("i64[]{1}", none.get("v").text());
    assertEquals("i64[0]{}", none.get("s").text());
  }

  @Test
  void loopConditionsMustBeBool() {
    TensorData n = TensorData.scalar(DType.I64, 1);
    String text = LOOP.replace("%go: bool[]", "%go: i64[]");
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> run(text, Map.of("n", n, "go", n)));
    assertTrue(e.getMessage().contains("expected one bool"), e.getMessage());
  }

  @Test
  void scanSlicesAxesInBothDirections() {
    String text =
        """
        graph @g(%x: i64[2,3]) {
          %0: i64[2], %1: i64[2,3] = onnx.Scan(i64[2]{0, 0}, %x) {num_scan_inputs=1, scan_input_axes=[1], scan_input_directions=[1], scan_output_axes=[1]}
            body @b(%s "s": i64[2], %e "e": i64[2]) {
              %2: i64[2] = onnx.Add(%s, %e)
            return
              s = %2, y = %2
            }
        return
          s = %0, y = %1
        }
        """;
    TensorData x = TensorData.ofLongs(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
    Map<String, TensorData> out = run(text, Map.of("x", x));
    assertEquals("i64[2]{6, 15}", out.get("s").text());
    assertEquals("i64[2,3]{3, 5, 6, 6, 11, 15}", out.get("y").text());
  }
}
