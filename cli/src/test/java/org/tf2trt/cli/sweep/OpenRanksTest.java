// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

class OpenRanksTest {
  @Test
  void pinsTheRankAndLeavesTheExtents() {
    TensorData image = TensorData.ofFloats(new long[] {1, 2}, 1, 2);
    assertEquals(List.of("x=?x?"), OpenRanks.pins(Map.of("x", image)));
    assertEquals(List.of("s="), OpenRanks.pins(Map.of("s", TensorData.ofFloats(new long[0], 1))));
  }

  @Test
  void onlyRefusalsThatAreAboutRanksCount() {
    assertTrue(OpenRanks.areToBlame(refusal("its rank is not known: 'x'")));
    assertFalse(OpenRanks.areToBlame(refusal("it computes with f64 constants")));
  }

  private static DiagnosticException refusal(String what) {
    return DiagnosticException.of(Code.NOT_FOR_TENSORRT, "input", what, "");
  }
}
