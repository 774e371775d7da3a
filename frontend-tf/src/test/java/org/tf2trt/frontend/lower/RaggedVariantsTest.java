// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.diag.DiagnosticException;

/** Ragged tensors in variants, and lists in vectors. */
final class RaggedVariantsTest {
  private static final String ENCODED =
      "%v: variant[*] = tf.RaggedTensorToVariant(%s, %x) {RAGGED_RANK=1, batched_input=true} ";

  @Test
  void whatIsDecodedIsWhatWasEncoded() {
    assertEquals(
        """
        graph @g(%s: i64[N], %x: f32[M]) {
          return a = %s, b = %x
        }
        """,
        Lowered.print(
            graph(
                "%a: i64[*], %b: f32[*] = tf.RaggedTensorFromVariant(%v)"
                    + " {input_ragged_rank=0, output_ragged_rank=1}",
                "a = %a, b = %b")));
  }

  @Test
  void aRowIsASliceOfTheValues() {
    String text =
        Lowered.print(
            graph(
                "%r: variant[*] = tf.StridedSlice(%v, i32[1]{-1}, i32[1]{0}, i32[1]{1})"
                    + " {begin_mask=0, ellipsis_mask=0, end_mask=0, new_axis_mask=0,"
                    + " shrink_axis_mask=1}"
                    + " %b: f32[*] = tf.RaggedTensorFromVariant(%r)"
                    + " {input_ragged_rank=0, output_ragged_rank=0}",
                "b = %b"));
    assertTrue(text.contains("onnx.Slice(%x, "), text);
  }

  @Test
  void refusesWhatIsNotKnownAndRanksThatDiffer() {
    String foreign =
        refusal(
            "graph @g(%v: variant[*]) { %a: i64[*], %b: f32[*] = tf.RaggedTensorFromVariant(%v)"
                + " {input_ragged_rank=0, output_ragged_rank=1} return a = %a, b = %b }");
    assertTrue(foreign.contains("does not come from a ragged tensor"), foreign);
    String rank =
        refusal(
            graph(
                "%b: f32[*] = tf.RaggedTensorFromVariant(%v)"
                    + " {input_ragged_rank=0, output_ragged_rank=0}",
                "b = %b"));
    assertTrue(rank.contains("a ragged rank of 0 is asked for, and the variant has 1"), rank);
  }

  @Test
  void listsOfDifferentLengthsMakeNoVector() {
    String text =
        refusal(
            "graph @g(%x: f32[2,3], %b: f32[2,3]) {"
                + " %m: variant[*] = tf.TensorListFromTensor(%b, i32[1]{3}) {element_dtype=f32}"
                + " %e: variant[*] = tf.EmptyTensorList(i32[1]{3}, i32[]{-1}) {element_dtype=f32}"
                + " %p: variant[*] = tf.Pack(%m, %e) {axis=0, N=2}"
                + " %q: variant[*] = tf.TensorListPushBackBatch(%p, %x) {element_dtype=f32}"
                + " %n: i32[*] = tf.TensorListLength(%q) return n = %n }");
    assertTrue(text.contains("the lists have different lengths"), text);
  }

  private static String graph(String nodes, String outputs) {
    return "graph @g(%s: i64[N], %x: f32[M]) { " + ENCODED + nodes + " return " + outputs + " }";
  }

  private static String refusal(String graph) {
    return assertThrows(DiagnosticException.class, () -> Lowered.print(graph))
        .diagnostics()
        .get(0)
        .text();
  }
}
