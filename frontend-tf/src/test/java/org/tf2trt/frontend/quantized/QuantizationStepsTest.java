// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.text.Parser;

final class QuantizationStepsTest {
  private static final String RELU6 =
      "tf.FakeQuantWithMinMaxArgs(%s) {max=6.0, min=0.0, narrow_range=false, num_bits=8}";

  private static Map<String, QuantizationStep> steps(String body) {
    return QuantizationSteps.of(Parser.parse("graph @g" + body.strip()));
  }

  @Test
  void theNearestQuantisationIsThatOfTheOutput() {
    Map<String, QuantizationStep> steps =
        steps(
            """
            (%x: f32[N,4]) {
              %0: f32[*] = tf.FakeQuantWithMinMaxArgs(%x) {max=600.0, min=0.0, narrow_range=false, num_bits=8} @"far"
              %1: f32[*] = tf.Identity(f32[]{-1.0}) {T=f32}
              %2: f32[*] = tf.FakeQuantWithMinMaxVars(%0, %1, f32[]{1.55}) {narrow_range=true, num_bits=8} @"near"
              %3: f32[*] = tf.Softmax(%2) {T=f32}
              return y = %3
            }
            """);
    assertEquals("near", steps.get("y").node());
    assertEquals(2.55 / 254, steps.get("y").size(), 1e-6);
  }

  @Test
  void allThatQuantiseValuesOfTheRun() {
    assertEquals(
        List.of(
            new Jump("relu", 6.0 / 255, Optional.empty()),
            new Jump("labels", 0, Optional.of(new Jump.Scores("relu:0", -1))),
            new Jump("integers", 1, Optional.empty()),
            new Jump("again", 1, Optional.empty())),
        QuantizationSteps.jumps(
            Parser.parse(
                """
                graph @g(%x: f32[4]) {
                  %0: f32[*] = tf.FakeQuantWithMinMaxArgs(f32[4]{1.0, 1.0, 1.0, 1.0}) {max=6.0, min=0.0, narrow_range=false, num_bits=8} @"weights"
                  %1: f32[*] = tf.Add(%x, %0) {T=f32}
                  %2: f32[*] = tf.FakeQuantWithMinMaxArgs(%1) {max=6.0, min=0.0, narrow_range=false, num_bits=8} @"relu"
                  %12: i64[*] = tf.ArgMax(%2, i32[]{-1}) {T=f32} @"labels"
                  %3: qu8[*], %4: f32[*], %5: f32[*] = tf.QuantizeV2(%2, f32[]{0.0}, f32[]{6.0}) {T=qu8} @"integers"
                  %6: qi32[*], %7: f32[*], %8: f32[*] = tf.QuantizedMatMul(%3, %3, %4, %5, %4, %5) @"sums"
                  %9: qu8[*], %10: f32[*], %11: f32[*] = tf.Requantize(%6, %7, %8, %7, %8) {out_type=qu8} @"again"
                  return y = %9, labels = %12
                }
                """)));
  }

  @Test
  void aDecisionIsNoJumpWhereNothingIsQuantised() {
    assertEquals(
        List.of(),
        QuantizationSteps.jumps(
            Parser.parse(
                """
                graph @g(%x: f32[4]) {
                  %0: f32[*] = tf.Relu(%x) {T=f32}
                  %1: i64[*] = tf.ArgMax(%0, i32[]{-1}) {T=f32}
                  return y = %1
                }
                """)));
  }

  @Test
  void oneLayerOfWeightsMayLieBetween() {
    assertEquals(6.0 / 255, behindLayers("%1").get("y").size(), 1e-9);
    assertNull(behindLayers("%2").get("y"));
  }

  private static Map<String, QuantizationStep> behindLayers(String output) {
    return steps(
        """
        (%x: f32[N,1]) {
          %0: f32[*] = RELU6
          %1: f32[*] = tf.MatMul(%0, f32[1,1]{2.0}) {T=f32, transpose_a=false, transpose_b=false}
          %2: f32[*] = tf.MatMul(%1, f32[1,1]{2.0}) {T=f32, transpose_a=false, transpose_b=false}
          return y = OUTPUT
        }
        """
            .replace("RELU6", RELU6.formatted("%x"))
            .replace("OUTPUT", output));
  }

  @Test
  void theShorterWayCounts() {
    Map<String, QuantizationStep> steps =
        steps(
            """
            (%x: f32[N,1]) {
              %0: f32[*] = RELU6
              %1: f32[*] = tf.MatMul(%0, f32[1,1]{2.0}) {T=f32, transpose_a=false, transpose_b=false}
              %2: f32[*] = tf.MatMul(%1, f32[1,1]{2.0}) {T=f32, transpose_a=false, transpose_b=false}
              %3: f32[*] = tf.AddV2(%2, %0) {T=f32}
              return y = %3
            }
            """
                .replace("RELU6", RELU6.formatted("%x")));
    assertEquals(6.0 / 255, steps.get("y").size(), 1e-9);
  }

  @Test
  void quantisedWeightsAreTheSameOnBothSides() {
    assertEquals(
        Map.of(),
        steps(
            """
            (%x: f32[N,1]) {
              %0: f32[*] = RELU6
              %1: f32[*] = tf.MatMul(%x, %0) {T=f32, transpose_a=false, transpose_b=false}
              return y = %1
            }
            """
                .replace("RELU6", RELU6.formatted("f32[1,1]{2.0}"))));
  }

  @Test
  void integersAndRangesOfTheRunHaveNoStep() {
    assertEquals(
        Map.of(),
        steps(
            """
            (%x: f32[N,4], %min: f32[], %max: f32[]) {
              %0: f32[*] = tf.FakeQuantWithMinMaxVars(%x, %min, %max) {narrow_range=true, num_bits=8}
              %1: f32[*] = RELU6
              %2: i64[*] = tf.ArgMax(%1, i32[]{1}) {T=f32, Tidx=i32, output_type=i64}
              return y = %0, z = %2
            }
            """
                .replace("RELU6", RELU6.formatted("%x"))));
  }

  @Test
  void theWidestOfSeveralRangesCounts() {
    assertEquals(
        4.0 / 255,
        steps(
                """
                (%x: f32[N,2]) {
                  %0: f32[*] = tf.FakeQuantWithMinMaxVarsPerChannel(%x, f32[2]{-1.0, -1.0}, f32[2]{1.0, 3.0}) {narrow_range=false, num_bits=8}
                  return y = %0
                }
                """)
            .get("y")
            .size(),
        1e-9);
  }
}
