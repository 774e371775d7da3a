// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.compare.Tolerance.Elementwise;

class ExpectationTest {
  private static final Elementwise ROUNDING =
      new Elementwise(1e-3, 1e-3, 0, Double.POSITIVE_INFINITY);
  private static final Elementwise SHARE =
      new Elementwise(1e-3, 1e-3, 0.01, Double.POSITIVE_INFINITY);
  private static final Elementwise STEPS = new Elementwise(0, 51, 0.02, 8);

  private static Expectation of(Elementwise bound) {
    return new Expectation(bound, Map.of("mask", STEPS), Set.of("noise"), false);
  }

  @Test
  void floatsMayUseTheBound() {
    assertEquals(ROUNDING, of(ROUNDING).tolerance("y", DType.F32).elementwise());
  }

  @Test
  void integersStayExactUnderARoundingBound() {
    assertNull(of(ROUNDING).tolerance("y", DType.I64).elementwise());
    assertEquals(0, of(ROUNDING).tolerance("y", DType.I64).scaled());
  }

  @Test
  void integersMayDifferInAShare() {
    assertEquals(SHARE, of(SHARE).tolerance("y", DType.I64).elementwise());
  }

  @Test
  void anOutputsOwnBoundReplacesTheModels() {
    assertEquals(STEPS, of(ROUNDING).tolerance("mask", DType.U8).elementwise());
  }

  @Test
  void stepsReplaceTheModelsBound() {
    Expectation quantised = of(SHARE).withSteps(Map.of("y", 0.5));
    assertEquals(
        new Elementwise(0, 1, 0, 0.05), quantised.tolerance("y:0", DType.F32).elementwise());
    assertEquals(SHARE, quantised.tolerance("z", DType.F32).elementwise());
    assertEquals(SHARE, quantised.tolerance("y", DType.I64).elementwise());
  }

  @Test
  void randomOutputsAreKnownByName() {
    assertTrue(of(null).isRandom("noise"));
    assertEquals(false, of(null).isRandom("y"));
  }

  @Test
  void whatIsAskedStandsAboveAll() {
    Expectation asked = of(ROUNDING).withFloor(1e-2).withAsked(Map.of("", 1e-6, "y:0", 0.5));
    assertEquals(new Tolerance(1e-6, null), asked.tolerance("z", DType.F32));
    assertEquals(new Tolerance(0.5, null), asked.tolerance("y", DType.F32));
    assertEquals(new Tolerance(0.5, null), asked.tolerance("y", DType.I64));
    assertEquals(0, asked.tolerance("z", DType.I64).scaled());
  }

  @Test
  void whatIsAskedForNoOutputIsRefused() {
    Golden golden = new Golden(Map.of(), Map.of("y", TensorData.ofFloats(new long[] {1}, 1)));
    of(null).withAsked(Map.of("", 1e-3, "y:0", 1e-3)).requireOutputs(List.of(golden));
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class,
            () -> of(null).withAsked(Map.of("z", 1e-3)).requireOutputs(List.of(golden)));
    assertEquals(Code.UNKNOWN_NAME, refused.diagnostics().get(0).code());
  }

  @Test
  void lowPrecisionLoosensFloatsAndLabels() {
    Expectation low = of(null).withFloor(1e-2);
    assertEquals(1e-2, low.tolerance("y", DType.F32).scaled());
    assertEquals(4e-2, low.tolerance("y", DType.BF16).scaled());
    assertEquals(0, low.tolerance("y", DType.I32).scaled());
    assertEquals(0.01, low.tolerance("y", DType.I32).elementwise().mismatch());
    assertEquals(STEPS, low.tolerance("mask", DType.U8).elementwise());
    assertNull(of(null).tolerance("y", DType.I32).elementwise());
  }
}
