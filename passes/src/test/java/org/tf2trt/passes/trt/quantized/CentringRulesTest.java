// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** What moves the shifts of centred quantisation out of the way. */
final class CentringRulesTest {
  @Test
  void aShiftGoesBeforeTheClamp() {
    RuleTester.of(new ShiftBeforeClamp())
        .rewrites(
            """
            (%x: f32[4]) {
              %0: f32[4] = onnx.Clip(%x, f32[]{0.0}, f32[]{6.0})
              %1: f32[4] = onnx.Add(%0, f32[]{-3.0})
              %2: i8[4] = onnx.QuantizeLinear(%1, f32[]{0.5}, i8[]{0})
              return y = %2
            }
            """,
            """
            (%x: f32[4]) {
              %0: f32[4] = onnx.Add(%x, f32[]{-3.0})
              %1: f32[4] = onnx.Clip(%0, f32[]{-3.0}, f32[]{3.0})
              %2: i8[4] = onnx.QuantizeLinear(%1, f32[]{0.5}, i8[]{0})
              return y = %2
            }
            """);
  }

  @Test
  void aSharedClampStays() {
    RuleTester.of(new ShiftBeforeClamp())
        .declines(
            """
            (%x: f32[4]) {
              %0: f32[4] = onnx.Relu(%x)
              %1: f32[4] = onnx.Add(%0, f32[]{-3.0})
              %2: i8[4] = onnx.QuantizeLinear(%1, f32[]{0.5}, i8[]{0})
              return y = %2, z = %0
            }
            """,
            "it does not quantise a clamped value that is shifted");
    RuleTester.of(new ShiftBeforeClamp())
        .declines(
            """
            (%x: f32[2]) {
              %0: f32[2] = onnx.Relu(%x)
              %1: f32[2] = onnx.Add(%0, f32[2]{-3.0, 1.0})
              %2: i8[2] = onnx.QuantizeLinear(%1, f32[]{0.5}, i8[]{0})
              return y = %2
            }
            """,
            "the shift is not one number");
  }

  @Test
  void aShiftGoesBehindWhatMovesElements() {
    RuleTester.of(new ShiftBehindMove())
        .rewrites(
            moved("f32[]{14.0}"),
            """
            (%x: f32[N,2,4]) {
              %0: i8[N,2,4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
              %1: f32[N,2,4] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
              %2: f32[N,2,2] = onnx.MaxPool(%1) {kernel_shape=[2], strides=[2]}
              %3: f32[N,4] = onnx.Reshape(%2, i64[2]{-1, 4})
              %4: f32[N,4] = onnx.Add(%3, f32[]{14.0})
              return y = %4
            }
            """);
  }

  @Test
  void otherShiftsStay() {
    RuleTester.of(new ShiftBehindMove())
        .declines(moved("f32[4]{1.0, 2.0, 3.0, 4.0}"), "the shift is not one number");
    RuleTester.of(new ShiftBehindMove())
        .declines(
            """
            (%x: f32[N,2,4]) {
              %0: f32[N,2,4] = onnx.Add(%x, f32[]{14.0})
              %1: f32[N,8] = onnx.Reshape(%0, i64[2]{-1, 8})
              return y = %1
            }
            """,
            "it does not move what was dequantised and shifted");
  }

  private static String moved(String shift) {
    return """
        (%x: f32[N,2,4]) {
          %0: i8[N,2,4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
          %1: f32[N,2,4] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
          %2: f32[N,2,4] = onnx.Add(%1, SHIFT)
          %3: f32[N,2,2] = onnx.MaxPool(%2) {kernel_shape=[2], strides=[2]}
          %4: f32[N,4] = onnx.Reshape(%3, i64[2]{-1, 4})
          return y = %4
        }
        """
        .replace("SHIFT", shift);
  }

  @Test
  void saturationClamps() {
    RuleTester.of(new DropClampBeforeQuantize())
        .rewrites(
            clamped("-64.0", "63.5", "i8"),
            """
            (%x: f32[4]) {
              %0: i8[4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
              return y = %0
            }
            """);
  }

  @Test
  void narrowerClampsStay() {
    RuleTester.of(new DropClampBeforeQuantize())
        .declines(clamped("-63.5", "63.5", "i8"), "the clamp is narrower than the levels");
    RuleTester.of(new DropClampBeforeQuantize())
        .declines(
            clamped("0.0", "127.5", "u8"),
            "it does not quantise a clamped value around zero by one scale");
  }

  private static String clamped(String low, String high, String type) {
    return """
        (%x: f32[4]) {
          %0: f32[4] = onnx.Clip(%x, f32[]{LOW}, f32[]{HIGH})
          %1: T[4] = onnx.QuantizeLinear(%0, f32[]{0.5}, T[]{0})
          return y = %1
        }
        """
        .replace("LOW", low)
        .replace("HIGH", high)
        .replace("T[", type + "[");
  }

  @Test
  void paddingGoesBeforeTheQuantisation() {
    RuleTester.of(new PadBeforeQuantize())
        .rewrites(
            conv("pads=[1, 0]", "onnx.DequantizeLinear(i8[2,1,2]{3, -5, 7, 1}, f32[]{0.5})"),
            """
            (%x: f32[N,1,4]) {
              %0: f32[2,1,2] = onnx.DequantizeLinear(i8[2,1,2]{3, -5, 7, 1}, f32[]{0.5})
              %1: f32[N,1,5] = onnx.Pad(%x, i64[6]{0, 0, 1, 0, 0, 0}, f32[]{-14.0})
              %2: i8[N,1,5] = onnx.QuantizeLinear(%1, f32[]{0.5}, i8[]{0})
              %3: f32[N,1,5] = onnx.DequantizeLinear(%2, f32[]{0.5}, i8[]{0})
              %4: f32[N,1,5] = onnx.Add(%3, f32[]{14.0})
              %5: f32[N,2,4] = onnx.Conv(%4, %0) {kernel_shape=[2]}
              return y = %5
            }
            """);
  }

  @Test
  void floatWeightsAndNoPaddingNeedNone() {
    RuleTester.of(new PadBeforeQuantize())
        .declines(
            conv("pads=[0, 0]", "onnx.DequantizeLinear(i8[2,1,2]{3, -5, 7, 1}, f32[]{0.5})"),
            "it does not pad");
    RuleTester.of(new PadBeforeQuantize())
        .declines(
            conv("pads=[1, 0]", "onnx.Neg(f32[2,1,2]{3.0, -5.0, 7.0, 1.0})"),
            "it does not multiply a shifted quantised value by quantised constants");
  }

  private static String conv(String pads, String weights) {
    return """
        (%x: f32[N,1,4]) {
          %0: i8[N,1,4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
          %1: f32[N,1,4] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
          %2: f32[N,1,4] = onnx.Add(%1, f32[]{14.0})
          %3: f32[2,1,2] = WEIGHTS
          %4: f32[N,2,?] = onnx.Conv(%2, %3) {kernel_shape=[2], PADS}
          return y = %4
        }
        """
        .replace("WEIGHTS", weights)
        .replace("PADS", pads);
  }
}
