// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

/** If, Case and While as the import gives them, lowered and evaluated. */
class ControlFlowTest {
  private static final String BRANCHES =
      " body @yes() { %1: f32[*] = tf.Neg(%x) {T=f32} return o = %1 }"
          + " body @no() { %2: f32[*] = tf.Exp(%x) {T=f32} return o = %2 }";

  @Test
  void takesTheBranchThatTheConditionNames() {
    String text =
        "graph @g(%c: bool[], %x: f32[1]) { %0: f32[*] = tf.If(%c)" + BRANCHES + " return y = %0 }";
    assertEquals("f32[1]{-0.0}", run(text, "bool[]{true}", "f32[1]{0.0}"));
    assertEquals("f32[1]{1.0}", run(text, "bool[]{false}", "f32[1]{0.0}"));
  }

  /** Numbers are true unless 0, a vector is true when it has elements, even false ones. */
  @Test
  void readsPredicatesAsTensorFlowDoes() {
    String number =
        "graph @g(%c: i32[], %x: f32[1]) { %0: f32[*] = tf.If(%c)" + BRANCHES + " return y = %0 }";
    assertEquals("f32[1]{-0.0}", run(number, "i32[]{-2}", "f32[1]{0.0}"));
    assertEquals("f32[1]{1.0}", run(number, "i32[]{0}", "f32[1]{0.0}"));
    String vector =
        "graph @g(%c: bool[N], %x: f32[1]) { %0: f32[*] = tf.If(%c)"
            + BRANCHES
            + " return y = %0 }";
    assertEquals("f32[1]{-0.0}", run(vector, "bool[1]{false}", "f32[1]{0.0}"));
    assertEquals("f32[1]{1.0}", run(vector, "bool[0]{}", "f32[1]{0.0}"));
  }

  @Test
  void aKnownPredicateLeavesNoBranch() {
    String text =
        "graph @g(%x: f32[1]) { %0: f32[*] = tf.If(bool[]{false})" + BRANCHES + " return y = %0 }";
    assertFalse(lower(text).contains("onnx.If"));
    assertTrue(lower(text).contains("onnx.Exp"));
  }

  @Test
  void caseTakesItsLastBranchWhenOutOfRange() {
    String text =
        "graph @g(%c: i32[], %x: f32[1]) { %0: f32[*] = tf.Case(%c)"
            + BRANCHES
            + " body @last() { %3: f32[*] = tf.Abs(%x) {T=f32} return o = %3 } return y = %0 }";
    assertEquals("f32[1]{2.0}", run(text, "i32[]{0}", "f32[1]{-2.0}"));
    assertEquals("f32[1]{1.0}", run(text, "i32[]{1}", "f32[1]{0.0}"));
    assertEquals("f32[1]{3.0}", run(text, "i32[]{2}", "f32[1]{-3.0}"));
    assertEquals("f32[1]{3.0}", run(text, "i32[]{-1}", "f32[1]{-3.0}"));
    assertEquals("f32[1]{3.0}", run(text, "i32[]{9}", "f32[1]{-3.0}"));
  }

  private static final String COUNTED =
      "graph @g(%n: i32[], %x: f32[1]) { %0: i32[*], %1: f32[*] = tf.While(i32[]{0}, %x)"
          + " body @cond(%i \"i\": i32[*], %v \"v\": f32[*])"
          + " { %2: bool[*] = tf.Less(%i, %n) {T=i32} return o = %2 }"
          + " body @body(%j \"j\": i32[*], %w \"w\": f32[*])"
          + " { %3: f32[*] = tf.Add(%w, %w) {T=f32} %4: i32[*] = tf.AddV2(%j, i32[]{1}) {T=i32}"
          + " return o = %4, p = %3 } return i = %0, y = %1 }";

  @Test
  void aCountedLoopHasATripCountAndCarriesNoCounter() {
    assertEquals("i32[]{3} f32[1]{8.0}", run(COUNTED, "i32[]{3}", "f32[1]{1.0}"));
    assertEquals("i32[]{0} f32[1]{1.0}", run(COUNTED, "i32[]{-4}", "f32[1]{1.0}"));
    String lowered = lower(COUNTED);
    assertTrue(lowered.contains("onnx.Loop(%1, _, %x)"), lowered);
    assertFalse(lowered.contains("onnx.Less"), lowered);
  }

  private static String lower(String text) {
    return Printer.print(lowered(text));
  }

  private static Graph lowered(String text) {
    Graph graph = Parser.parse(text);
    new LowerTensorFlow(Lowerings.builtIn()).run(graph, new PassContext(17, new Diagnostics()));
    return graph;
  }

  private static String run(String text, String... inputs) {
    Graph graph = lowered(text);
    Map<String, TensorData> values = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      Graph constant = Parser.parse("graph @c() { return o = " + inputs[i] + " }");
      values.put(graph.params().get(i).name(), constant.outputs().get(0).constant().orElseThrow());
    }
    return Evaluator.evaluate(graph, values).values().stream()
        .map(TensorData::text)
        .collect(Collectors.joining(" "));
  }
}
