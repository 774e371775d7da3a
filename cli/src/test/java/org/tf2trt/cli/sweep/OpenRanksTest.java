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
import org.tf2trt.verify.golden.Golden;

class OpenRanksTest {
  @Test
  void pinsTheRankAndLeavesTheExtents() {
    TensorData image = TensorData.ofFloats(new long[] {1, 2}, 1, 2);
    assertEquals(List.of("x=?x?"), OpenRanks.pins(Map.of("x", image)));
    assertEquals(List.of("s="), OpenRanks.pins(Map.of("s", TensorData.ofFloats(new long[0], 1))));
  }

  @Test
  void callsOfOtherRanksAreLeftOut() {
    Golden vector = new Golden(Map.of("x", TensorData.ofFloats(new long[] {2}, 1, 2)), Map.of());
    Golden longer = new Golden(Map.of("x", TensorData.ofFloats(new long[] {3}, 1, 2, 3)), Map.of());
    Golden matrix = new Golden(Map.of("x", TensorData.ofFloats(new long[] {1, 2}, 1, 2)), Map.of());
    assertEquals(List.of(vector, longer), OpenRanks.alike(List.of(vector, matrix, longer)));
  }

  @Test
  void wholeShapesArePinnedAsTheyAre() {
    Golden one = new Golden(Map.of("x", TensorData.ofFloats(new long[] {1, 2}, 1, 2)), Map.of());
    Golden two = new Golden(Map.of("x", TensorData.ofFloats(new long[] {2, 1}, 1, 2)), Map.of());
    assertEquals(List.of("x=1x2"), OpenRanks.shapes(one.inputs()));
    assertEquals(List.of("s="), OpenRanks.shapes(Map.of("s", TensorData.ofFloats(new long[0], 1))));
    assertEquals(List.of(one), OpenRanks.sameShapes(List.of(one, two)));
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
