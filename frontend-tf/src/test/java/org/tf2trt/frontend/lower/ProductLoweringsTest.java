// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Matrix products and einsums; expected values are TensorFlow's. */
final class ProductLoweringsTest {
  private static final String A = "f32[2,2]{1.0, 2.0, 3.0, 4.0}";
  private static final String EIGHT = "f32[2,2,2]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}";

  @Test
  void aTransposedConstantIsAnotherConstant() {
    String node = "tf.MatMul(?" + A + ", " + A + ") {transpose_a=false, transpose_b=true}";
    assertEquals("MatMul", Lowered.ops("f32", node));
    assertEquals("f32[2,2]{5.0, 11.0, 11.0, 25.0}", Lowered.eval("f32", node));
  }

  @Test
  void aTransposedInputIsLeftToGemm() {
    String node = "tf.MatMul(?" + A + ", ?" + A + ") {transpose_a=true, transpose_b=false}";
    assertEquals("Gemm", Lowered.ops("f32", node));
    assertEquals("f32[2,2]{10.0, 14.0, 14.0, 20.0}", Lowered.eval("f32", node));
  }

  @Test
  void narrowIntegersAreMultipliedWide() {
    assertEquals(
        "i32[1,1]{10000}",
        Lowered.eval(
            "i32",
            "tf.BatchMatMulV3(?i8[1,1]{100}, ?i8[1,1]{100})"
                + " {Ta=i8, Tb=i8, Tout=i32, adj_x=false, adj_y=false}"));
  }

  @Test
  void batchesBroadcast() {
    assertEquals(
        "f32[2,2,2]{10.0, 14.0, 14.0, 20.0, 26.0, 30.0, 38.0, 44.0}",
        Lowered.eval(
            "f32",
            "tf.BatchMatMulV2(?f32[1,2,2]{1.0, 2.0, 3.0, 4.0}, ?"
                + EIGHT
                + ") {adj_x=true, adj_y=false}"));
  }

  @Test
  void refusesComplexProducts() {
    assertTrue(
        Lowered.refusal(
                "c64",
                "tf.MatMul(c64[1,1]{\"0000000000000000\"}, c64[1,1]{\"0000000000000000\"})"
                    + " {transpose_a=false, transpose_b=false}")
            .contains("complex"));
  }

  @Test
  void projectionByAConstantIsAMatMul() {
    String node = "tf.Einsum(?f32[1,1,2]{1.0, 2.0}, " + EIGHT + ") {equation=\"abc,cde->abde\"}";
    assertEquals("MatMul Reshape", Lowered.ops("f32", node));
    assertEquals("f32[1,1,2,2]{11.0, 14.0, 17.0, 20.0}", Lowered.eval("f32", node));
    assertEquals(
        "MatMul", Lowered.ops("f32", "tf.Einsum(?" + A + ", " + A + ") {equation=\"BA,CA->BC\"}"));
  }

  @Test
  void otherProductsStayEinsumInLowerCase() {
    String text =
        Lowered.print(
            """
            graph @g(%q: f32[B,T,2,4], %k: f32[B,S,2,4]) {
              %y: f32[*] = tf.Einsum(%q, %k) {equation="BTNH,BSNH->BNTS"}
              return y = %y
            }
            """);
    assertTrue(
        text.contains("f32[B,2,T,S] = onnx.Einsum(%q, %k) {equation=\"abcd,aecd->acbe\"}"), text);
  }

  @Test
  void batchesInFrontAreAMatMul() {
    assertEquals(
        "MatMul",
        Lowered.ops(
            "f32", "tf.Einsum(?" + EIGHT + ", ?" + EIGHT + ") {equation=\"bij,bjk->bik\"}"));
  }

  @Test
  void anEllipsisIsSpeltOutUnlessItBroadcasts() {
    String graph =
        """
        graph @g(%%x: f32[%s,2,3], %%y: f32[N,3,4]) {
          %%z: f32[*] = tf.Einsum(%%y, %%x) {equation="...ij,...ki->...kj"}
          return z = %%z
        }
        """;
    assertTrue(Lowered.print(graph.formatted("N")).contains("\"abc,adb->adc\""));
    assertTrue(Lowered.print(graph.formatted("1")).contains("\"...ab,...ca->...cb\""));
  }

  @Test
  void oneOperandIsSummedAndTransposed() {
    String node = "tf.Einsum(?" + EIGHT + ") {equation=\"abc->ca\"}";
    assertEquals("ReduceSum Transpose", Lowered.ops("f32", node));
    assertEquals("f32[2,2]{4.0, 12.0, 6.0, 14.0}", Lowered.eval("f32", node));
  }

  @Test
  void refusesAnEquationOfAnotherOperandCount() {
    assertTrue(
        Lowered.refusal("f32", "tf.Einsum(?" + A + ") {equation=\"ab,bc->ac\"}")
            .contains("operands"));
  }

  @Test
  void ellipsesStandForAsManyAxesInEachOperand() {
    String node =
        "tf.Einsum(?f32[2]{1.0, 2.0}, ?f32[1,1,2]{3.0, 4.0}) {equation=\"...,...b->...b\"}";
    assertEquals("Unsqueeze Einsum", Lowered.ops("f32", node));
    assertEquals("f32[1,2,2]{3.0, 4.0, 6.0, 8.0}", Lowered.eval("f32", node));
  }
}
