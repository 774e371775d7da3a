// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.Rounded;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

class EvidenceTest {
  private static final TensorData X = TensorData.ofFloats(new long[] {2}, 1.0001f, -2);
  private static final Evidence SAME =
      new Evidence(List.of(Map.of("x", X)), List.of(Map.of("y", X)));

  /** Gives back what it is given, and checks that this comes in the type that it declares. */
  private record Echo(DType dtype, float off) implements ModelRunner {
    @Override
    public List<Port> inputs() {
      return List.of(new Port("x", TensorType.of(dtype, 2)));
    }

    @Override
    public List<Port> outputs() {
      return List.of(new Port("y", TensorType.of(dtype, 2)));
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      assertEquals(dtype, feeds.get("x").dtype());
      double[] values = feeds.get("x").doubles();
      TensorData moved =
          TensorData.ofFloats(new long[] {2}, (float) values[0], (float) values[1] + off);
      return Map.of("y", dtype == DType.F32 ? moved : Rounded.to(dtype, moved));
    }

    @Override
    public void close() {}
  }

  @Test
  void lowInputsAndOutputsAreRoundedAndCompared() {
    Comparison compared = SAME.compare(new Echo(DType.F16, 0), 1e-3);
    assertTrue(compared.passed());
    // 1.0001 is 1 in float16, over the largest magnitude of 2.
    assertEquals(5e-5, compared.error(), 1e-6);
  }

  @Test
  void whatIsFurtherOffFails() {
    assertFalse(SAME.compare(new Echo(DType.F32, 0.1f), 1e-2).passed());
    assertTrue(Evidence.NONE.compare(new Echo(DType.F32, 0.1f), 1e-2).outputs().isEmpty());
  }
}
