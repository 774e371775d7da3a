// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.rewrite.RuleTester;

/** Attention as one op of opset 23. */
final class RecogniseAttentionTest {
  private static final RuleTester RULE = RuleTester.of(new RecogniseAttention()).opset(23);

  private static final String PACKED =
      "%0: f32[2,4,3,5] = onnx.Einsum(%q, %k) {equation=\"abcd,aecd->acbe\"}";
  private static final String CONTEXT =
      " %9: f32[2,3,4,6] = onnx.Einsum(%8, %v) {equation=\"abcd,adbe->acbe\"} return y = %9 }";
  private static final String INPUTS = "%q: f32[2,3,4,8], %k: f32[2,5,4,8], %v: f32[2,5,4,6]";

  @Test
  void productsOfHeadsInTheSecondAxis() {
    RULE.rewrites(
        """
        (%q: f32[2,4,3,8], %k: f32[2,4,8,5], %v: f32[2,4,5,6], %m: f32[2,1,3,5]) {
          %0: f32[2,4,3,5] = onnx.MatMul(%q, %k)
          %1: f32[2,4,3,5] = onnx.Mul(%0, f32[]{0.5})
          %2: f32[2,4,3,5] = onnx.Add(%1, %m)
          %3: f32[2,4,3,5] = onnx.Softmax(%2) {axis=-1}
          %4: f32[2,4,3,6] = onnx.MatMul(%3, %v)
          return y = %4
        }
        """,
        """
        (%q: f32[2,4,3,8], %k: f32[2,4,8,5], %v: f32[2,4,5,6], %m: f32[2,1,3,5]) {
          %0: f32[2,4,5,8] = onnx.Transpose(%k) {perm=[0, 1, 3, 2]}
          %1: f32[2,4,3,6] = onnx.Attention(%q, %0, %v, %m) {scale=0.5}
          return y = %1
        }
        """);
  }

  /** Runtimes do not broadcast the last two axes of a mask. */
  @Test
  void aMaskGetsTheLengthsOfQueriesAndKeys() {
    RULE.rewrites(
        "("
            + INPUTS
            + ", %m: f32[2,1,1,5]) { "
            + PACKED
            + " %7: f32[2,4,3,5] = onnx.Add(%m, %0) %8: f32[2,4,3,5] = onnx.Softmax(%7) {axis=3}"
            + CONTEXT,
        """
        (%q: f32[2,3,4,8], %k: f32[2,5,4,8], %v: f32[2,5,4,6], %m: f32[2,1,1,5]) {
          %0: f32[2,1,3,5] = onnx.Expand(%m, i64[4]{1, 1, 3, 5})
          %1: f32[2,3,32] = onnx.Reshape(%q, i64[3]{0, 0, -1})
          %2: f32[2,5,32] = onnx.Reshape(%k, i64[3]{0, 0, -1})
          %3: f32[2,5,24] = onnx.Reshape(%v, i64[3]{0, 0, -1})
          %4: f32[2,3,24] = onnx.Attention(%1, %2, %3, %0) {kv_num_heads=4, q_num_heads=4, scale=1.0}
          %5: f32[2,3,4,6] = onnx.Reshape(%4, i64[4]{0, 0, 4, -1})
          return y = %5
        }
        """);
  }

  /** The number is so low that it swallows every score, in rows that are masked whole as well. */
  @Test
  void aChoiceBetweenScoresAndAVeryLowNumberIsAMask() {
    String before =
        "("
            + INPUTS
            + ", %m: bool[2,1,3,5]) { "
            + PACKED
            + " %7: f32[2,4,3,5] = onnx.Where(%m, %0, f32[]{-1.0E38})"
            + " %8: f32[2,4,3,5] = onnx.Softmax(%7) {axis=-1}"
            + CONTEXT;
    Graph after = RULE.fires(before);
    assertEquals(1, count(after, "onnx.Attention"));
    assertEquals(0, count(after, "onnx.Softmax"));
    assertEquals(1, count(RULE.fires(inverted(before)), "onnx.Attention"));
  }

  private static String inverted(String before) {
    return before.replace("%0, f32[]{-1.0E38}", "f32[]{-1.0E38}, %0");
  }

  /** Biases of relative positions are added, and what must not be seen is chosen away. */
  @Test
  void biasesAndAChoiceAreOneMask() {
    Graph after =
        RULE.fires(
            "("
                + INPUTS
                + ", %m: bool[2,1,3,5], %p: f32[1,4,3,5]) { "
                + PACKED
                + " %6: f32[2,4,3,5] = onnx.Add(%0, %p)"
                + " %7: f32[2,4,3,5] = onnx.Where(%m, %6, f32[]{-1.0E38})"
                + " %8: f32[2,4,3,5] = onnx.Softmax(%7) {axis=-1}"
                + CONTEXT);
    assertEquals(1, count(after, "onnx.Attention"));
    assertEquals(0, count(after, "onnx.Add"));
  }

  /** The names of letters and the order of operands mean nothing. */
  @Test
  void equationsMayBeWrittenOtherwise() {
    Graph after =
        RULE.fires(
            ("("
                    + INPUTS
                    + ") { "
                    + PACKED
                    + " %8: f32[2,4,3,5] = onnx.Softmax(%0) {axis=-1}"
                    + CONTEXT)
                .replace(
                    "onnx.Einsum(%q, %k) {equation=\"abcd,aecd->acbe\"}",
                    "onnx.Einsum(%k, %q) {equation=\"ztnd,zsnd->znst\"}")
                .replace(
                    "onnx.Einsum(%8, %v) {equation=\"abcd,adbe->acbe\"}",
                    "onnx.Einsum(%v, %8) {equation=\"zknv,znqk->zqnv\"}"));
    assertEquals(1, count(after, "onnx.Attention"));
  }

  @Test
  void oneSplitServesAllThree() {
    Graph after =
        RuleTester.of(Pipelines.attention())
            .opset(23)
            .fires(
                """
                (%x: f32[N,7,24]) {
                  %0: f32[N,7,6,4] = onnx.Reshape(%x, i64[4]{-1, 7, 6, 4})
                  %1: f32[N,7,2,4], %2: f32[N,7,2,4], %3: f32[N,7,2,4] = onnx.Split(%0) {axis=2, num_outputs=3}
                  %4: f32[N,2,7,7] = onnx.Einsum(%2, %1) {equation="abcd,aecd->acbe"}
                  %5: f32[N,2,7,7] = onnx.Softmax(%4) {axis=-1}
                  %6: f32[N,7,2,4] = onnx.Einsum(%5, %3) {equation="abcd,adbe->acbe"}
                  %7: f32[N,7,8] = onnx.Reshape(%6, i64[3]{-1, 7, 8})
                  return y = %7
                }
                """);
    assertEquals(1, count(after, "onnx.Attention"));
    assertEquals(0, count(after, "onnx.Reshape"));
  }

  @Test
  void headsThatWereMovedForTheProductsStayWhereTheyWere() {
    Graph after =
        RuleTester.of(Pipelines.attention())
            .opset(23)
            .fires(
                """
                (%q: f32[N,3,2,4], %k: f32[N,5,2,4], %v: f32[N,5,2,4]) {
                  %0: f32[N,2,3,4] = onnx.Transpose(%q) {perm=[0, 2, 1, 3]}
                  %1: f32[N,2,4,5] = onnx.Transpose(%k) {perm=[0, 2, 3, 1]}
                  %2: f32[N,2,5,4] = onnx.Transpose(%v) {perm=[0, 2, 1, 3]}
                  %3: f32[N,2,3,5] = onnx.MatMul(%0, %1)
                  %4: f32[N,2,3,5] = onnx.Softmax(%3) {axis=-1}
                  %5: f32[N,2,3,4] = onnx.MatMul(%4, %2)
                  %6: f32[N,3,2,4] = onnx.Transpose(%5) {perm=[0, 2, 1, 3]}
                  return y = %6
                }
                """);
    assertEquals(1, count(after, "onnx.Attention"));
    assertEquals(0, count(after, "onnx.Transpose"));
  }

  @Test
  void declinesBelowOpset23() {
    RuleTester.of(new RecogniseAttention())
        .opset(22)
        .declines(
            "("
                + INPUTS
                + ") { "
                + PACKED
                + " %8: f32[2,4,3,5] = onnx.Softmax(%0) {axis=-1}"
                + CONTEXT,
            "opset 22 has no Attention");
  }

  /** Where all keys of a row are masked, adding -1e9 is not the same as choosing it. */
  @Test
  void declinesANumberThatDoesNotSwallowScores() {
    RULE.declines(
        "("
            + INPUTS
            + ", %m: bool[2,1,3,5]) { "
            + PACKED
            + " %7: f32[2,4,3,5] = onnx.Where(%m, %0, f32[]{-1.0E9})"
            + " %8: f32[2,4,3,5] = onnx.Softmax(%7) {axis=-1}"
            + CONTEXT,
        "what the softmax reads are no scores of queries and keys");
  }

  @Test
  void declinesWeightsThatAreReadElsewhereAndOtherSoftmaxes() {
    String twice =
        "(" + INPUTS + ") { " + PACKED + " %8: f32[2,4,3,5] = onnx.Softmax(%0) {axis=-1}" + CONTEXT;
    RULE.declines(
        twice.replace("return y = %9", "return y = %9, w = %8"),
        "its weights are no softmax along the keys, read here alone");
    RULE.declines(
        twice.replace("axis=-1", "axis=2"),
        "its weights are no softmax along the keys, read here alone");
  }

  @Test
  void declinesUnknownNumbersOfHeadsAndBroadcastBatches() {
    RULE.declines(
        "(%q: f32[2,3,H,8], %k: f32[2,5,H,8], %v: f32[2,5,H,6]) { %0: f32[2,H,3,5] ="
            + " onnx.Einsum(%q, %k) {equation=\"abcd,aecd->acbe\"} %8: f32[2,H,3,5] ="
            + " onnx.Softmax(%0) {axis=-1} %9: f32[2,3,H,6] = onnx.Einsum(%8, %v)"
            + " {equation=\"abcd,adbe->acbe\"} return y = %9 }",
        "the number of heads is not known");
    RULE.declines(
        "(%q: f32[2,4,3,8], %k: f32[2,4,8,5], %v: f32[1,1,5,6]) { %0: f32[2,4,3,5] ="
            + " onnx.MatMul(%q, %k) %8: f32[2,4,3,5] = onnx.Softmax(%0) {axis=-1} %9: f32[2,4,3,6]"
            + " = onnx.MatMul(%8, %v) return y = %9 }",
        "batches or heads of the values are broadcast");
  }

  private static long count(Graph graph, String op) {
    return graph.nodes().stream().filter((Node n) -> n.is(op)).count();
  }
}
