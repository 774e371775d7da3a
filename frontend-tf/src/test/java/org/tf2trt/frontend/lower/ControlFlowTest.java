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

  /** {@code while i < n and v < 9}, in the words of autograph. */
  @Test
  void aConditionalConjunctionTellsTheTripCount() {
    String text =
        COUNTED
            .replace("return o = %2 }", "%9: bool[*] = tf.If(%2) body @and() { RIGHT } WRONG }")
            .replace(
                "RIGHT",
                "%7: f32[*] = tf.Sum(%v, i32[1]{0}) {T=f32, Tidx=i32, keep_dims=false}"
                    + " %8: bool[*] = tf.Less(%7, f32[]{9.0}) {T=f32} return o = %8")
            .replace("WRONG", "body @else() { return o = %2 } return o = %9");
    assertEquals("i32[]{3} f32[1]{8.0}", run(text, "i32[]{3}", "f32[1]{1.0}"));
    assertEquals("i32[]{4} f32[1]{16.0}", run(text, "i32[]{7}", "f32[1]{1.0}"));
    assertEquals("i32[]{0} f32[1]{9.5}", run(text, "i32[]{7}", "f32[1]{9.5}"));
    assertFalse(lower(text).contains("2147483647"), lower(text));
    // What else the branch gives may hold for longer than the counter.
    String other = text.replace("body @else() { return o = %2 }", "body @else() { return o = %f }");
    assertTrue(
        lower(other.replace("%x: f32[1])", "%x: f32[1], %f: bool[])")).contains("2147483647"));
  }

  /** A dynamic TensorArray: reserved for no or few elements, and written past its end. */
  private static final String GROWING =
      "graph @g(%n: i32[], %x: f32[2]) {"
          + " %0: variant[*] = tf.TensorListReserve(i32[1]{2}, i32[]{LENGTH})"
          + " {element_dtype=f32, shape_type=i32}"
          + " %1: i32[*], %2: variant[*] = tf.While(i32[]{START}, %0)"
          + " body @cond(%i \"i\": i32[*], %l \"l\": variant[*])"
          + " { %3: bool[*] = tf.Less(%i, %n) {T=i32} return o = %3 }"
          + " body @body(%j \"j\": i32[*], %m \"m\": variant[*])"
          + " { %4: f32[*] = tf.Cast(%j) {SrcT=i32, DstT=f32, Truncate=false}"
          + " %5: f32[*] = tf.Add(%x, %4) {T=f32}"
          + " %6: variant[*] = tf.TensorListSetItem(%m, %j, %5)"
          + " {element_dtype=f32, resize_if_index_out_of_bounds=true}"
          + " %7: i32[*] = tf.AddV2(%j, i32[]{1}) {T=i32} return o = %7, p = %6 }"
          + " %8: f32[*] = tf.TensorListStack(%2, i32[1]{2}) {element_dtype=f32, num_elements=-1}"
          + " return y = %8 }";

  private static String growing(int length, int start, int n) {
    String text = GROWING.replace("LENGTH", "" + length).replace("START", "" + start);
    return run(text, "i32[]{" + n + "}", "f32[2]{5.0, 7.0}");
  }

  @Test
  void listsGrowWithTheLoopThatWritesThem() {
    assertEquals("f32[2,2]{5.0, 7.0, 6.0, 8.0}", growing(0, 0, 2));
    assertEquals("f32[0,2]{}", growing(0, 0, 0));
    assertEquals("f32[2,2]{5.0, 7.0, 0.0, 0.0}", growing(2, 0, 1));
    assertEquals("f32[3,2]{5.0, 7.0, 6.0, 8.0, 7.0, 9.0}", growing(2, 0, 3));
    assertEquals("f32[3,2]{0.0, 0.0, 6.0, 8.0, 7.0, 9.0}", growing(1, 1, 3));
    assertEquals("f32[4,2]{0.0, 0.0, 0.0, 0.0, 7.0, 9.0, 8.0, 10.0}", growing(1, 2, 4));
    assertEquals("f32[1,2]{0.0, 0.0}", growing(1, 2, 2));
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
