// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.precision.Precision;

class LowPrecisionTest {
  /** Its second half takes the difference of two values that are nearly the same. */
  private static final String CANCELLING =
      """
      graph @g(%x: f32[2,8]) {
        %0: f32[2,8] = onnx.MatMul(%x, f32[8,8]{1.5, -0.3, 0.2, 0.1, 0.4, 0.2, 0.3, 0.9, 0.1, 1.1, 0.2, 0.4, 0.8, 0.3, 0.2, 0.1, 0.2, 0.5, 0.9, 0.3, 0.1, 0.7, 0.4, 0.2, 0.9, 0.1, 0.3, 0.2, 0.5, 0.4, 0.6, 0.1, 0.3, 0.8, 0.2, 0.7, 0.1, 0.9, 0.2, 0.4, 0.6, 0.2, 0.7, 0.1, 0.3, 0.5, 0.8, 0.2, 0.4, 0.9, 0.1, 0.6, 0.2, 0.3, 0.5, 0.7, 0.8, 0.1, 0.4, 0.2, 0.6, 0.9, 0.3, 0.5})
        %1: f32[2,8] = onnx.Relu(%0)
        %2: f32[2,8] = onnx.Add(%1, f32[]{40.0}) @"shift"
        %3: f32[2,8] = onnx.Sigmoid(%1)
        %4: f32[2,8] = onnx.Sub(%2, f32[]{39.0}) @"back"
        %5: f32[2,8] = onnx.Mul(%4, %3)
        return y = %5
      }
      """;

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP16", "BF16"})
  void islandsAreFoundWhereAccuracyIsLost(Precision low) {
    Graph g = Parser.parse(CANCELLING);
    PrecisionReport report = apply(g, PrecisionRequest.of(low));
    assertTrue(report.comparison().error() <= 1e-2, report.toString());
    assertTrue(report.comparison().error() > 0, report.toString());
    if (low == Precision.BF16) {
      assertTrue(report.islands().toString().contains("shift"), report.islands().toString());
    } else {
      assertEquals(Map.of(), report.islands());
      assertTrue(report.mixed().passed());
      assertEquals(2, report.mixed().outputs().size());
    }
    assertTrue(report.low() > 0);
  }

  @Test
  void measuredOverflowKeepsFloat32() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[4,4]) {
              %0: f32[4,4] = onnx.MatMul(%x, %x)
              %1: f32[4,4] = onnx.Mul(%0, f32[]{30000.0}) @"large"
              %2: f32[4,4] = onnx.Mul(%1, f32[]{0.0001}) @"small"
              return y = %2
            }
            """);
    float[] x = new float[16];
    Arrays.fill(x, 5);
    TensorData five = TensorData.ofFloats(new long[] {4, 4}, x);
    PrecisionReport report =
        apply(g, PrecisionRequest.of(Precision.FP16).on(List.of(Map.of("x", five))));
    assertEquals(
        new LinkedHashSet<>(List.of("'large' (Mul)", "'small' (Mul)")), report.islands().keySet());
    assertTrue(report.islands().get("'large' (Mul)").startsWith("values of up to 3000000"));
  }

  @Test
  void withoutABoundNothingIsMeasured() {
    Graph g = Parser.parse(CANCELLING);
    PrecisionRequest request =
        new PrecisionRequest(Precision.BF16, List.of(), Set.of(), List.of(), 0, 1);
    PrecisionReport report = apply(g, request);
    assertEquals(0, report.trials());
    assertEquals(Map.of(), report.islands());
    assertEquals(6, report.low());
  }

  @Test
  void whatTensorRtHasNoKernelForCanBeExcluded() {
    Graph g = Parser.parse(CANCELLING);
    PrecisionRequest request = PrecisionRequest.of(Precision.FP16).exclude(Set.of("shift"));
    assertEquals(Map.of("'shift' (Add)", "excluded"), apply(g, request).islands());
  }

  @Test
  void ioTypesAreThoseAskedFor() {
    Graph g = Parser.parse(CANCELLING);
    apply(g, PrecisionRequest.of(Precision.FP16).withIoTypes(List.of("fp16", "y=fp32")));
    assertEquals(DType.F16, g.params().get(0).dtype());
    assertEquals(DType.F32, g.outputs().get(0).dtype());
  }

  @Test
  void float32LeavesTheGraphAlone() {
    Graph g = Parser.parse(CANCELLING);
    String before = Printer.print(g);
    PassContext context = new PassContext(17, new Diagnostics());
    assertTrue(LowPrecision.apply(g, PrecisionRequest.FP32, context, new PassRunner()).isEmpty());
    assertEquals(before, Printer.print(g));
  }

  @Test
  void calibrationHasToFitTheInputs() {
    Map<String, TensorData> wrong = Map.of("z", TensorData.ofFloats(new long[] {1}, 1));
    PrecisionRequest request = PrecisionRequest.of(Precision.FP16).on(List.of(wrong));
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> apply(Parser.parse(CANCELLING), request));
    assertEquals(Code.BAD_DATA, e.diagnostics().get(0).code());
  }

  /** As the state of a model, which calibration data for its inputs does not have. */
  @Test
  void inputsThatCalibrationDoesNotHaveMayHaveDefaults() {
    Graph g = Parser.parse(CANCELLING);
    String input = g.params().get(0).name();
    long[] shape = g.params().get(0).shape().sizes();
    Map<String, TensorData> known = Map.of(input, TensorData.splat(DType.F32, shape, 1));
    PrecisionRequest request =
        PrecisionRequest.of(Precision.FP16).on(List.of(Map.of())).withDefaults(known);
    assertEquals(List.of(known), request.samples());
    assertTrue(apply(g, request).low() > 0);
    Map<String, TensorData> given = Map.of(input, TensorData.splat(DType.F32, shape, 2));
    assertEquals(List.of(given), request.on(List.of(given)).withDefaults(known).samples());
  }

  private static PrecisionReport apply(Graph g, PrecisionRequest request) {
    PassContext context = new PassContext(17, new Diagnostics());
    return LowPrecision.apply(g, request, context, new PassRunner()).orElseThrow();
  }
}
