// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

class FoldingTest {
  @Test
  void constantsFold() {
    Outcome o = Folding.attempt(Eval.parse("f32", "onnx.Add(f32[]{1}, f32[2]{1, 2})"));
    assertEquals("f32[2]{2.0, 3.0}", o.values().orElseThrow().get(0).text());
  }

  @Test
  void variablesDoNot() {
    Graph g =
        Parser.parse("graph @g(%x: f32[2]) { %0: f32[2] = onnx.Add(%x, f32[]{1}) return y = %0 }");
    assertEquals("an input is not constant", Folding.attempt(g.first()).reason());
  }

  @Test
  void randomOpsDoNot() {
    assertFalse(Folding.fold(Eval.parse("f32", "onnx.RandomUniform() {shape=[2]}")).isPresent());
  }

  private static String folded(String body) {
    Outcome o = Folding.attempt(Parser.parse("graph @g" + body).first());
    return o.values().map(v -> v.get(0).text()).orElseGet(o::reason);
  }

  /** Whatever they are computed from, and by whatever op. */
  @Test
  void resultsWithoutElementsAreKnown() {
    assertEquals(
        "f32[0,2]{}",
        folded(
            "(%x: f32[3,2]) { %0: f32[0,2] = onnx.Slice(%x, i64[1]{3}, i64[1]{9}) return y = %0 }"));
    assertEquals(
        "f32[0]{}",
        folded("(%x: f32[3]) { %0: f32[0] = onnx.RandomUniform() {shape=[0]} return y = %0 }"));
    assertEquals(
        "f32[0,2]{}",
        folded(
            """
            (%c: bool[], %x: f32[0,2]) {
              %0: f32[0,2] = onnx.If(%c)
                body @then() { %1: f32[0,2] = onnx.Neg(%x) return y = %1 }
                body @else() { return y = %x }
              return y = %0
            }
            """));
    assertEquals(
        "an input is not constant",
        folded("(%x: f32[0,N]) { %0: f32[0,N] = onnx.Neg(%x) return y = %0 }"));
    assertEquals(
        "there is no kernel for tf.Neg",
        folded("(%x: f32[0]) { %0: f32[0] = tf.Neg(%x) return y = %0 }"));
    assertEquals(
        "there is no kernel for onnx.Unique",
        folded("(%x: f32[0]) { %0: f32[0], %1: i64[?] = onnx.Unique(%x) return y = %0 }"));
  }

  @Test
  void reductionsOfNothingAreKnown() {
    String reduce =
        "(%x: f32[0,2]) { %0: f32[2] = onnx.OP(%x, i64[1]{0}) {keepdims=0} return y = %0 }";
    assertEquals("f32[2]{0.0, 0.0}", folded(reduce.replace("OP", "ReduceSum")));
    assertEquals("f32[2]{1.0, 1.0}", folded(reduce.replace("OP", "ReduceProd")));
    assertEquals("f32[2]{-inf, -inf}", folded(reduce.replace("OP", "ReduceMax")));
    assertEquals(
        "f32[2,1]{0.0, 0.0}",
        folded(
            "(%x: f32[2,0], %z: f32[0,1]) { %0: f32[2,1] = onnx.MatMul(%x, %z) return y = %0 }"));
    assertEquals(
        "an input is not constant",
        folded(
            "(%x: f32[0,2], %z: f32[2]) { %0: f32[2] = onnx.Concat(%x, %z) {axis=0} return y = %0 }"));
  }

  @Test
  void bloatIsDeclined() {
    String small = "onnx.Expand(f32[]{1}, i64[1]{1000})";
    assertTrue(Folding.fold(Eval.parse("f32", small)).isPresent());
    Outcome big = Folding.attempt(Eval.parse("f32", small.replace("1000", "1000000")));
    assertEquals("the constants would take 4000000 bytes", big.reason());
  }

  @Test
  void absurdSizesAreDeclined() {
    String absurd = "onnx.ConstantOfShape(i64[3]{2097152, 2097152, 1048576})";
    assertFalse(Folding.fold(Eval.parse("f32", absurd)).isPresent());
  }
}
