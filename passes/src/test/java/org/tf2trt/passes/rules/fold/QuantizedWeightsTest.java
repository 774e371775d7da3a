// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Scales and shifts around products with quantised weights, which stay what they are. */
final class QuantizedWeightsTest {
  @Test
  void aShiftBehindGoesIntoTheBias() {
    RuleTester.of(new FoldShiftIntoConv())
        .rewrites(
            """
            (%x: f32[N,1,2]) {
              %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[]{0.5})
              %1: f32[N,2,2] = onnx.Conv(%x, %0)
              %2: f32[N,2,2] = onnx.Add(%1, f32[2,1]{1.0, 2.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N,1,2]) {
              %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[]{0.5})
              %1: f32[N,2,2] = onnx.Conv(%x, %0, f32[2]{1.0, 2.0})
              return y = %1
            }
            """);
  }

  @Test
  void aShiftBeforeGoesThroughTheWeights() {
    RuleTester.of(new FoldShiftBeforeConv())
        .rewrites(
            """
            (%x: f32[N,1,2]) {
              %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[]{0.5})
              %1: f32[N,1,2] = onnx.Add(%x, f32[]{2.0})
              %2: f32[N,2,2] = onnx.Conv(%1, %0)
              return y = %2
            }
            """,
            """
            (%x: f32[N,1,2]) {
              %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[]{0.5})
              %1: f32[N,2,2] = onnx.Conv(%x, %0, f32[2]{3.0, -5.0})
              return y = %1
            }
            """);
    RuleTester.of(new FoldShiftBeforeGemm())
        .rewrites(
            """
            (%x: f32[N,2]) {
              %0: f32[2,1] = onnx.DequantizeLinear(i8[2,1]{3, -5}, f32[]{0.5})
              %1: f32[N,2] = onnx.Add(%x, f32[2]{2.0, 4.0})
              %2: f32[N,1] = onnx.Gemm(%1, %0, f32[1]{1.0})
              return y = %2
            }
            """,
            """
            (%x: f32[N,2]) {
              %0: f32[2,1] = onnx.DequantizeLinear(i8[2,1]{3, -5}, f32[]{0.5})
              %1: f32[N,1] = onnx.Gemm(%x, %0, f32[1]{-6.0})
              return y = %1
            }
            """);
  }

  @Test
  void rowsMoveWhileTheyAreQuantised() {
    RuleTester.of(new PermuteDenseRows())
        .rewrites(
            flattened("{axis=1}"),
            """
            (%x: f32[N,2,2]) {
              %0: f32[N,4] = onnx.Reshape(%x, i64[2]{-1, 4})
              %1: f32[4,2] = onnx.DequantizeLinear(i8[4,2]{1, 2, 5, 6, 3, 4, 7, 8}, f32[2]{0.5, 0.25}) {axis=1}
              %2: f32[N,2] = onnx.MatMul(%0, %1)
              return y = %2
            }
            """);
    RuleTester.of(new PermuteDenseRows())
        .declines(
            flattened("{axis=0}").replace("f32[2]{0.5, 0.25}", "f32[4]{0.5, 0.25, 1.0, 2.0}"),
            "it is not a product with a constant matrix");
  }

  private static String flattened(String axis) {
    return """
        (%x: f32[N,2,2]) {
          %0: f32[N,2,2] = onnx.Transpose(%x) {perm=[0, 2, 1]}
          %1: f32[N,4] = onnx.Reshape(%0, i64[2]{-1, 4})
          %2: f32[4,2] = onnx.DequantizeLinear(i8[4,2]{1, 2, 3, 4, 5, 6, 7, 8}, f32[2]{0.5, 0.25}) AXIS
          %3: f32[N,2] = onnx.MatMul(%1, %2)
          return y = %3
        }
        """
        .replace("AXIS", axis);
  }

  @Test
  void scalesStayOutOfTheIntegers() {
    RuleTester.of(new FoldScaleIntoConv())
        .declines(
            scaled("f32[2,1]{2.0, 4.0}"),
            "it does not scale a convolution by constants read only here");
  }

  @Test
  void positiveFactorsGoIntoTheScales() {
    RuleTester.of(new FoldScaleIntoQuantizedConv())
        .rewrites(
            scaled("f32[2,1]{2.0, 4.0}"),
            """
            (%x: f32[N,1,2]) {
              %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[2]{1.0, 2.0}, i8[2]{0, 0}) {axis=0}
              %1: f32[N,2,2] = onnx.Conv(%x, %0, f32[2]{2.0, 8.0})
              return y = %1
            }
            """);
  }

  @Test
  void otherFactorsStay() {
    String reason = "the factor is not a positive constant per channel";
    RuleTester.of(new FoldScaleIntoQuantizedConv()).declines(scaled("f32[2,1]{2.0, -4.0}"), reason);
    RuleTester.of(new FoldScaleIntoQuantizedConv())
        .declines(scaled("f32[2,2]{1.0, 2.0, 3.0, 4.0}"), reason);
  }

  private static String scaled(String factor) {
    return """
        (%x: f32[N,1,2]) {
          %0: f32[2,1,1] = onnx.DequantizeLinear(i8[2,1,1]{3, -5}, f32[]{0.5}, i8[]{0})
          %1: f32[N,2,2] = onnx.Conv(%x, %0, f32[2]{1.0, 2.0})
          %2: f32[N,2,2] = onnx.Mul(%1, FACTOR)
          return y = %2
        }
        """
        .replace("FACTOR", factor);
  }
}
