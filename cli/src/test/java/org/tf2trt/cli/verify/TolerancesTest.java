// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.statistics.OutputStatistics;

class TolerancesTest {
  private static final Map<String, QuantizationStep> STEPS =
      Map.of("y", new QuantizationStep(0.5, "act_quant"));

  private static final Graph PAIR =
      Parser.parse(
          """
          graph @g(%x: f32[4]) {
            %0: i8[4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
            %1: f32[4] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
            return y = %1
          }
          """);

  @Test
  void quantisedOutputsAreJudgedInSteps() {
    Tolerances quantised = Tolerances.parse(List.of()).quantizedIn(STEPS).computing(PAIR);
    assertEquals(new Tolerance(1e-4, Tolerance.ofSteps(0.5)), quantised.of("y:0", DType.F32));
    assertEquals(new Tolerance(1e-4, null), quantised.of("z", DType.F32));
    assertEquals(Tolerance.of(DType.I64), quantised.of("y", DType.I64));
  }

  @Test
  void withoutKnownStepsAModelOfPairsHasTheBoundOf8Bits() {
    Tolerance bound = Tolerances.parse(List.of()).computing(PAIR).of("y", DType.F32);
    assertEquals(Tolerance.QUANTISED, bound.scaled());
    assertNull(bound.elementwise());
  }

  @Test
  void aToleranceThatIsAskedForReplacesSteps() {
    Tolerances asked = Tolerances.parse(List.of("y=1e-6")).quantizedIn(STEPS);
    assertEquals(new Tolerance(1e-6, null), asked.of("y", DType.F32));
  }

  @Test
  void theTableSaysHowManyStepsAnOutputIsOff() {
    OutputStatistics y = new OutputStatistics("y");
    y.add(
        0,
        TensorData.ofFloats(new long[] {4}, 1, 2, 3, 4.5f),
        TensorData.ofFloats(new long[] {4}, 1, 2, 3, 4),
        new Tolerance(1e-4, Tolerance.ofSteps(0.5)));
    assertEquals(
        "  'y' is quantised in steps of 5.0e-01 by 'act_quant': off by 1.00 steps, 0.250 in the"
            + " mean; 2 and 0.1 are allowed\n",
        VerificationTable.steps(List.of(y.summary()), STEPS).replace("\r", ""));
  }
}
