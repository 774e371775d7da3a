// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.tf2trt.passes.trt.rules.FormsTest.takes;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.rewrite.RuleTester;

/** Arithmetic of integers in forms that both releases take, of the same values. */
class IntegerFormsTest {
  @Test
  void integerMatricesAreMultipliedAndSummed() {
    RuleTester rule = RuleTester.of(new IntegerMatMul());
    takes(
        rule,
        "(%a: i32[2,3,4], %b: i32[4,5]) { %0: i32[2,3,5] = onnx.MatMul(%a, %b) return y = %0 }");
    takes(rule, "(%a: i64[N,4], %b: i64[4]) { %0: i64[N] = onnx.MatMul(%a, %b) return y = %0 }");
    takes(
        rule, "(%a: i32[4], %b: i32[2,4,5]) { %0: i32[2,5] = onnx.MatMul(%a, %b) return y = %0 }");
    takes(rule, "(%a: i32[4], %b: i32[4]) { %0: i32[] = onnx.MatMul(%a, %b) return y = %0 }");
    rule.declines(
        "(%a: f32[3,4], %b: f32[4,5]) { %0: f32[3,5] = onnx.MatMul(%a, %b) return y = %0 }",
        "it is not of integers");
  }

  @Test
  void reductionsOf32BitsAreComputedIn64() {
    RuleTester rule = RuleTester.of(new IntegerReduction());
    for (String op : List.of("ReduceSum", "ReduceProd")) {
      takes(
          rule,
          "(%%x: i32[N,4]) { %%0: i32[N] = onnx.%s(%%x, i64[1]{1}) {keepdims=0} return y = %%0 }"
              .formatted(op));
    }
    takes(rule, "(%x: i32[3,4]) { %0: i32[] = onnx.ReduceMin(%x) {keepdims=0} return y = %0 }");
    rule.rewrites(
        "(%x: i32[N,4]) { %0: i32[N] = onnx.ReduceMax(%x, i64[1]{1}) {keepdims=0} return y = %0 }",
        """
        (%x: i32[N,4]) {
          %0: i64[N,4] = onnx.Cast(%x) {to=i64}
          %1: i64[N] = onnx.ReduceMax(%0, i64[1]{1}) {keepdims=0}
          %2: i32[N] = onnx.Cast(%1) {to=i32}
          return y = %2
        }
        """);
    rule.declines(
        "(%x: i64[4]) { %0: i64[] = onnx.ReduceMax(%x) {keepdims=0} return y = %0 }",
        "it is not of 32-bit integers");
    rule.declines(
        """
        (%x: bool[1000]) {
          %0: i32[1000] = onnx.Cast(%x) {to=i32}
          %1: i32[] = onnx.ReduceSum(%0) {keepdims=0}
          return y = %1
        }
        """,
        "no number in it is large");
    rule.declines(
        """
        (%x: u8[N]) {
          %0: i32[N] = onnx.Cast(%x) {to=i32}
          %1: i32[] = onnx.ReduceMin(%0) {keepdims=0}
          return y = %1
        }
        """,
        "no number in it is large");
    rule.declines(
        """
        (%x: f32[8], %n: i32[4]) {
          %0: i32[] = onnx.ReduceMax(%n) {keepdims=0}
          %1: i64[] = onnx.Cast(%0) {to=i64}
          %2: i64[?] = onnx.Range(i64[]{0}, %1, i64[]{1})
          return y = %2
        }
        """,
        "it is of a shape, and computed on the host");
    takes(
        rule,
        """
        (%x: bool[N]) {
          %0: i32[N] = onnx.Cast(%x) {to=i32}
          %1: i32[] = onnx.ReduceSum(%0) {keepdims=0}
          return y = %1
        }
        """);
  }

  /** TensorRT's own remainders of a division that rounds down are off for large numbers. */
  @Test
  void remaindersAreTakenFromQuotients() {
    RuleTester rule = RuleTester.of(new IntegerMod());
    takes(rule, "(%x: i64[N,4], %y: i64[4]) { %0: i64[N,4] = onnx.Mod(%x, %y) return y = %0 }");
    takes(
        rule,
        """
        (%x: i64[N,4]) {
          %0: i64[N,4] = onnx.Mod(%x, i64[4]{7, 256, 1, 4294967296})
          return y = %0
        }
        """);
    takes(rule, "(%x: i64[N,4]) { %0: i64[N,4] = onnx.Mod(%x, i64[]{-3}) return y = %0 }");
    rule.rewrites(
        "(%x: i64[4]) { %0: i64[4] = onnx.Mod(%x, i64[]{7}) return y = %0 }",
        """
        (%x: i64[4]) {
          %0: i64[4] = onnx.Div(%x, i64[]{7})
          %1: i64[4] = onnx.Mul(%0, i64[]{7})
          %2: i64[4] = onnx.Sub(%x, %1)
          %3: bool[4] = onnx.Less(%2, i64[]{0})
          %4: i64[4] = onnx.Add(%2, i64[]{7})
          %5: i64[4] = onnx.Where(%3, %4, %2)
          return y = %5
        }
        """);
    takes(rule, "(%x: i32[N,4], %y: i32[4]) { %0: i32[N,4] = onnx.Mod(%x, %y) return y = %0 }");
    rule.declines(
        "(%x: f32[4]) { %0: f32[4] = onnx.Mod(%x, f32[]{7.0}) {fmod=1} return y = %0 }",
        "it is not of integers");
    rule.declines(
        "(%x: i64[4]) { %0: i64[4] = onnx.Mod(%x, i64[]{7}) {fmod=1} return y = %0 }",
        "its sign is that of the dividend already");
    rule.declines(
        """
        (%x: f32[N,4]) {
          %0: i64[2] = onnx.Shape(%x)
          %1: i64[2] = onnx.Neg(%0)
          %2: i64[2] = onnx.Mod(%1, i64[]{7})
          return y = %2
        }
        """,
        "it is of extents, which are small");
    rule.declines(
        """
        (%x: f32[N,4]) {
          %0: f32[N,1], %1: i64[N,1] = onnx.TopK(%x, i64[1]{1})
          %2: i64[N,1] = onnx.Mod(%1, i64[]{2})
          return y = %2
        }
        """,
        "it is of extents, which are small");
    rule.declines(
        """
        (%x: f32[4], %n: i64[1]) {
          %0: i64[1] = onnx.Mod(%n, i64[]{4})
          %1: i64[1] = onnx.Add(%0, i64[]{1})
          %2: f32[?] = onnx.Slice(%x, i64[1]{0}, %1)
          return y = %2
        }
        """,
        "a shape is computed from it, on the host");
  }

  @Test
  void longRemaindersHaveTheSignOfTheDivisor() {
    Graph graph =
        Parser.parse(
            "graph @g(%x: i64[8], %y: i64[8]) { %0: i64[8] = onnx.Mod(%x, %y) return y = %0 }");
    Graph rewritten =
        RuleTester.of(new IntegerMod())
            .fires("(%x: i64[8], %y: i64[8]) { %0: i64[8] = onnx.Mod(%x, %y) return y = %0 }");
    long huge = (1L << 40) + 1;
    Map<String, TensorData> values =
        Map.of(
            "x",
            TensorData.ofLongs(new long[] {8}, huge, -huge, huge, -huge, 12, -12, 0, -1),
            "y",
            TensorData.ofLongs(new long[] {8}, 10, 10, -10, -10, 4, -4, -7, huge));
    assertArrayEquals(
        new long[] {7, 3, -3, -7, 0, 0, 0, huge - 1},
        Evaluator.evaluate(graph, values).get("y").longs());
    assertArrayEquals(
        Evaluator.evaluate(graph, values).get("y").longs(),
        Evaluator.evaluate(rewritten, values).get("y").longs());
  }

  @Test
  void integerGemmIsItsProductAndSum() {
    RuleTester rule = RuleTester.of(new IntegerGemm(), new IntegerMatMul());
    takes(
        rule,
        """
        (%a: i32[4,3], %b: i32[5,4], %c: i32[5]) {
          %0: i32[3,5] = onnx.Gemm(%a, %b, %c) {transA=1, transB=1}
          return y = %0
        }
        """);
    RuleTester.of(new IntegerGemm())
        .declines(
            """
            (%a: i32[4,3], %b: i32[3,5]) {
              %0: i32[4,5] = onnx.Gemm(%a, %b) {alpha=2.0}
              return y = %0
            }
            """,
            "it scales");
  }

  @Test
  void einsumOfIntegersAndDiagonals() {
    RuleTester rule = RuleTester.of(new SpellOutEinsum());
    takes(
        rule,
        """
        (%a: i32[2,3], %b: i32[4,3]) {
          %0: i32[4,2] = onnx.Einsum(%a, %b) {equation="ab,cb->ca"}
          return y = %0
        }
        """);
    takes(
        rule,
        """
        (%a: f32[3,3,2]) {
          %0: f32[2,3] = onnx.Einsum(%a) {equation="aab->ba"}
          return y = %0
        }
        """);
    rule.declines(
        """
        (%a: f32[2,3], %b: f32[3,4]) {
          %0: f32[2,4] = onnx.Einsum(%a, %b) {equation="ab,bc->ac"}
          return y = %0
        }
        """,
        "it is of floats and takes no diagonal");
  }

  @Test
  void bothOperandsOfPowAreOfOneType() {
    RuleTester rule = RuleTester.of(new PowTypes());
    rule.rewrites(
        """
        (%x: f32[N], %e: i32[N]) {
          %0: f32[N] = onnx.Pow(%x, %e)
          return y = %0
        }
        """,
        """
        (%x: f32[N], %e: i32[N]) {
          %0: f32[N] = onnx.Cast(%e) {to=f32}
          %1: f32[N] = onnx.Pow(%x, %0)
          return y = %1
        }
        """);
    rule.declines(
        "(%x: f32[N], %e: f32[N]) { %0: f32[N] = onnx.Pow(%x, %e) return y = %0 }",
        "the types are one");
  }

  @Test
  void integerPowersAreProducts() {
    RuleTester rule = RuleTester.of(new IntegerPow());
    takes(rule, "(%x: i32[N]) { %0: i32[N] = onnx.Pow(%x, i32[]{3}) return y = %0 }");
    takes(
        rule,
        """
        (%x: i64[N], %e: i64[N]) {
          %0: i64[N] = onnx.Mod(%x, i64[]{7})
          %1: i64[N] = onnx.Mod(%e, i64[]{9})
          %2: i64[N] = onnx.Pow(%0, %1)
          return y = %2
        }
        """);
    rule.declines(
        "(%x: f32[N]) { %0: f32[N] = onnx.Pow(%x, f32[]{3.0}) return y = %0 }",
        "it is not of integers");
  }

  @Test
  void runningSumsOfIntegers() {
    RuleTester rule = RuleTester.of(new IntegerCumSum());
    for (String attrs :
        List.of("", " {exclusive=1}", " {reverse=1}", " {exclusive=1, reverse=1}")) {
      takes(
          rule,
          "(%x: i32[N,5,2]) { %0: i32[N,5,2] = onnx.CumSum(%x, i64[]{1})"
              + attrs
              + " return y = %0 }");
    }
    rule.declines(
        "(%x: f32[N,5]) { %0: f32[N,5] = onnx.CumSum(%x, i64[]{1}) return y = %0 }",
        "it is not of integers");
  }
}
