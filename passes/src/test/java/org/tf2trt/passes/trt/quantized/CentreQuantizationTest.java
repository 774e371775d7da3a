// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.PassTester;

final class CentreQuantizationTest {
  private static final PassTester PASS = PassTester.of(new CentreQuantization());

  @Test
  void theValueMovesByWholeSteps() {
    PASS.rewrites(
        pair("u8", 100),
        """
        (%x: f32[4]) {
          %0: f32[4] = onnx.Add(%x, f32[]{-14.0})
          %1: i8[4] = onnx.QuantizeLinear(%0, f32[]{0.5}, i8[]{0})
          %2: f32[4] = onnx.DequantizeLinear(%1, f32[]{0.5}, i8[]{0})
          %3: f32[4] = onnx.Add(%2, f32[]{14.0})
          return y = %3
        }
        """);
  }

  @Test
  void aZeroPointInTheMiddleMovesNothing() {
    PASS.rewrites(pair("u8", 128), pair("i8", 0));
  }

  @Test
  void signedOnesMoveToo() {
    PASS.rewrites(
        pair("i8", 3),
        """
        (%x: f32[4]) {
          %0: f32[4] = onnx.Add(%x, f32[]{1.5})
          %1: i8[4] = onnx.QuantizeLinear(%0, f32[]{0.5}, i8[]{0})
          %2: f32[4] = onnx.DequantizeLinear(%1, f32[]{0.5}, i8[]{0})
          %3: f32[4] = onnx.Add(%2, f32[]{-1.5})
          return y = %3
        }
        """);
  }

  @Test
  void whatIsAroundZeroOrScaledOtherwiseStays() {
    PASS.keeps(pair("i8", 0));
    PASS.keeps(
        """
        (%x: f32[4]) {
          %0: u8[4] = onnx.QuantizeLinear(%x, f32[]{0.5}, u8[]{7})
          %1: f32[4] = onnx.DequantizeLinear(%0, f32[]{0.25}, u8[]{7})
          return y = %1
        }
        """);
  }

  private static String pair(String type, int zero) {
    return """
        (%x: f32[4]) {
          %0: T[4] = onnx.QuantizeLinear(%x, f32[]{0.5}, T[]{Z})
          %1: f32[4] = onnx.DequantizeLinear(%0, f32[]{0.5}, T[]{Z})
          return y = %1
        }
        """
        .replace("T", type)
        .replace("Z", String.valueOf(zero));
  }

  @Test
  void constantsWhoseLevelsFitAreI8() {
    PASS.rewrites(
        """
        () {
          %0: f32[2,2] = onnx.DequantizeLinear(u8[2,2]{1, 130, 100, 227}, f32[2]{0.5, 0.25}, u8[2]{100, 129}) {axis=1}
          return y = %0
        }
        """,
        """
        () {
          %0: f32[2,2] = onnx.DequantizeLinear(i8[2,2]{-99, 1, 0, 98}, f32[2]{0.5, 0.25}) {axis=1}
          return y = %0
        }
        """);
  }

  @Test
  void othersAreFloatsAndReported() {
    String before =
        """
        () {
          %0: f32[2] = onnx.DequantizeLinear(u8[2]{0, 255}, f32[]{0.5}, u8[]{100}) @"weights"
          return y = %0
        }
        """;
    PASS.rewrites(before, "() { return y = f32[2]{-50.0, 77.5} }");
    Graph graph = Parser.parse("graph @g" + before.strip());
    Diagnostics found = new Diagnostics();
    new CentreQuantization().run(graph, new PassContext(17, found));
    assertEquals(
        List.of(
            "warning[TF063] 'weights': constants have levels from -100 to 155 around zero, int8"
                + " holds -128 to 127; they are kept as floats, and what reads them computes in"
                + " floats; train with ranges around zero for weights"),
        found.all().stream().map(Diagnostic::text).toList());
  }
}
