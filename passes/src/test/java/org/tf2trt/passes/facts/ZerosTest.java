// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

class ZerosTest {
  private static boolean isZero(String nodes, String value) {
    Graph g =
        Parser.parse("graph @g(%n: i64[2], %x: f32[2]) { " + nodes + " return y = " + value + " }");
    return Zeros.is(g.outputs().get(0));
  }

  @Test
  void constantsAndWhatRepeatsThem() {
    assertEquals(true, isZero("", "f32[2]{0.0, 0.0}"));
    assertEquals(false, isZero("", "f32[2]{0.0, 1.0}"));
    assertEquals(false, isZero("", "%x"));
    assertEquals(true, isZero("%0: f32[*] = onnx.Expand(f32[]{0.0}, %n)", "%0"));
    assertEquals(false, isZero("%0: f32[*] = onnx.Expand(f32[]{1.0}, %n)", "%0"));
    assertEquals(true, isZero("%0: f32[*] = onnx.ConstantOfShape(%n)", "%0"));
  }

  @Test
  void throughOtherShapes() {
    String zeros =
        "%0: f32[*] = onnx.ConstantOfShape(%n) %1: f32[*] = onnx.Unsqueeze(%0, i64[1]{1})";
    assertEquals(true, isZero(zeros, "%1"));
    assertEquals(false, isZero("%1: f32[*] = onnx.Unsqueeze(%x, i64[1]{1})", "%1"));
    assertEquals(false, isZero(zeros + " %2: f32[*] = onnx.Exp(%1)", "%2"));
  }
}
