// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

class AssignPrecisionTest {
  private static final String DENSE =
      """
      graph @g(%x: f32[2,2]) {
        %0: f32[2,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0})
        %1: f32[2,2] = onnx.Exp(%0)
        return y = %1, z = %0
      }
      """;

  @Test
  void constantsAreConvertedAndEachCastExistsOnce() {
    Graph g = assigned(DENSE, PrecisionOptions.of(Precision.FP16));
    assertEquals(
        """
        graph @g(%x: f32[2,2]) {
          %0: f16[2,2] = onnx.Cast(%x) {to=f16}
          %1: f16[2,2] = onnx.MatMul(%0, f16[2,2]{1.0, 2.0, 3.0, 4.0})
          %2: f32[2,2] = onnx.Cast(%1) {to=f32}
          %3: f32[2,2] = onnx.Exp(%2)
          return y = %3, z = %2
        }
        """,
        Printer.print(g));
  }

  @Test
  void inputsAndOutputsChangeTheirTypeWhenAsked() {
    PrecisionOptions options =
        PrecisionOptions.of(Precision.FP16).with(new IoTypes(Set.of("x", "z")));
    assertEquals(
        """
        graph @g(%x: f16[2,2]) {
          %0: f16[2,2] = onnx.MatMul(%x, f16[2,2]{1.0, 2.0, 3.0, 4.0})
          %1: f32[2,2] = onnx.Cast(%0) {to=f32}
          %2: f32[2,2] = onnx.Exp(%1)
          return y = %2, z = %0
        }
        """,
        Printer.print(assigned(DENSE, options)));
  }

  @Test
  void excludedNodesAndOpsStay() {
    PrecisionOptions options = PrecisionOptions.of(Precision.FP16).exclude(Set.of("MatMul"));
    assertEquals(Printer.print(Parser.parse(DENSE)), Printer.print(assigned(DENSE, options)));
    String named = DENSE.replace("4.0})", "4.0}) @\"a/b\"");
    PrecisionOptions node = PrecisionOptions.of(Precision.FP16).exclude(Set.of("a/b"));
    assertEquals(Printer.print(Parser.parse(named)), Printer.print(assigned(named, node)));
  }

  @Test
  void scattersThatAddUpStay() {
    String adds =
        """
        graph @g(%x: f32[2,2], %i: i64[3,1], %u: f32[3,2]) {
          %0: f32[2,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0})
          %1: f32[2,2] = onnx.ScatterND(%0, %i, %u) {reduction="add"}
          %2: f32[2,2] = onnx.MatMul(%1, f32[2,2]{1.0, 2.0, 3.0, 4.0})
          return y = %2
        }
        """;
    String text = Printer.print(assigned(adds, PrecisionOptions.of(Precision.FP16)));
    assertTrue(text.contains("f32[2,2] = onnx.ScatterND"), text);
    assertTrue(text.contains("f16[2,2] = onnx.MatMul"), text);
  }

  @Test
  void aSecondRunFindsNothingToDo() {
    Graph g = assigned(DENSE, PrecisionOptions.of(Precision.FP16));
    String once = Printer.print(g);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE);
    new AssignPrecision(plan, plan.solve(Set.of())).run(g, new PassContext(17, new Diagnostics()));
    assertEquals(once, Printer.print(g));
  }

  @Test
  void scalesOfAResizeAndBodiesOfControlFlowStayFloat32() {
    Graph g =
        assigned(
            """
            graph @g(%x: f32[1,1,2,2], %c: bool[]) {
              %0: f32[1,1,2,2] = onnx.MatMul(%x, %x)
              %1: f32[1,1,4,4] = onnx.Resize(%0, _, f32[4]{1.0, 1.0, 2.0, 2.0}) {mode="nearest"}
              %2: f32[1,1,4,4] = onnx.MatMul(%1, %1)
              %3: f32[1,1,4,4] = onnx.If(%c) body @then() {
                %4: f32[1,1,4,4] = onnx.Relu(%2)
                return a = %4
              } body @else() {
                return a = %2
              }
              return y = %3
            }
            """,
            PrecisionOptions.of(Precision.FP16));
    String text = Printer.print(g);
    assertTrue(text.contains("onnx.Resize(%1, _, f32[4]"), text);
    assertTrue(text.contains("f32[1,1,4,4] = onnx.Relu"), text);
  }

  @Test
  void valuesAreThoseOfTheFloat32GraphUpToRounding() {
    Graph g = assigned(DENSE, PrecisionOptions.of(Precision.FP16));
    Map<String, TensorData> x =
        Map.of("x", TensorData.ofFloats(new long[] {2, 2}, 0.25f, -0.5f, 1, 0.125f));
    Map<String, TensorData> expected = Evaluator.evaluate(Parser.parse(DENSE), x);
    Map<String, TensorData> actual = Evaluator.evaluate(g, x);
    for (String name : expected.keySet()) {
      float[] e = expected.get(name).floats();
      float[] a = actual.get(name).floats();
      for (int i = 0; i < e.length; i++) {
        assertEquals(e[i], a[i], 2e-3 * Math.abs(e[i]), name);
      }
    }
  }

  @Test
  void castsToAndFromIntegersTakeAndGiveEitherType() {
    String text =
        """
        graph @g(%i: i32[2,2]) {
          %0: f32[2,2] = onnx.Cast(%i) {to=f32}
          %1: f32[2,2] = onnx.MatMul(%0, %0)
          %2: bool[2,2] = onnx.Cast(%1) {to=bool}
          return y = %2
        }
        """;
    assertEquals(
        text.replace("f32", "f16"),
        Printer.print(assigned(text, PrecisionOptions.of(Precision.FP16))));
  }

  static Graph assigned(String text, PrecisionOptions options) {
    Graph g = Parser.parse(text);
    PrecisionPlan plan = PrecisionPlan.of(g, options, Ranges.NONE);
    new AssignPrecision(plan, plan.solve(Set.of())).run(g, new PassContext(17, new Diagnostics()));
    assertTrue(Verifier.verify(g).isEmpty(), () -> Verifier.verify(g).toString());
    assertTrue(SchemaCheck.verify(g).isEmpty(), () -> SchemaCheck.verify(g).toString());
    return g;
  }
}
