// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.Golden;

class NarrowingTest {
  @Test
  void pinsTheRankAndLeavesTheExtents() {
    Narrowing ranks = Narrowing.of(List.of(call("x", matrix(1, 2)))).get(0);
    assertEquals(List.of("x=?x?"), ranks.shapes());
    assertEquals("ranks", ranks.what());
    assertEquals(List.of("s="), Narrowing.of(List.of(call("s", scalar(1)))).get(0).shapes());
  }

  @Test
  void callsOfOtherRanksAreLeftOut() {
    Golden vector = call("x", TensorData.ofFloats(new long[] {2}, 1, 2));
    Golden longer = call("x", TensorData.ofFloats(new long[] {3}, 1, 2, 3));
    Golden table = call("x", matrix(1, 2));
    List<Narrowing> all = Narrowing.of(List.of(vector, table, longer));
    assertEquals(List.of(vector, longer), all.get(0).calls());
    assertEquals(List.of(vector), all.get(1).calls());
  }

  @Test
  void wholeShapesArePinnedAsTheyAre() {
    Golden one = call("x", matrix(1, 2));
    Golden two = call("x", matrix(2, 1));
    Narrowing shapes = Narrowing.of(List.of(one, two)).get(1);
    assertEquals(List.of("x=1x2"), shapes.shapes());
    assertEquals(List.of(one), shapes.calls());
    assertEquals(Map.of(), shapes.values());
  }

  @Test
  void settingsGetTheirValuesAtLast() {
    TensorData image = TensorData.ofFloats(new long[] {9}, new float[9]);
    Golden one = new Golden(Map.of("x", image, "s", scalar(0.709f)), Map.of());
    Golden same = new Golden(Map.of("x", image, "s", scalar(0.709f)), Map.of());
    Golden other = new Golden(Map.of("x", image, "s", scalar(0.5f)), Map.of());
    Narrowing values = Narrowing.of(List.of(one, other, same)).get(2);
    assertEquals(List.of("x=9"), values.shapes());
    assertEquals(0.709f, Float.parseFloat(values.values().get("s")));
    assertEquals(List.of(one, same), values.calls());
    assertEquals(
        "note: with the shapes and values of s of the first golden; 1 of 3 goldens have others and"
            + " were left out",
        values.note(3));
    assertEquals("note: with the shapes and values of s of the first golden", values.note(2));
  }

  /** A model of settings alone would be a constant. */
  @Test
  void whereAllAreSettingsTheyAreTheData() {
    assertEquals(2, Narrowing.of(List.of(call("s", scalar(1)))).size());
    assertEquals(2, Narrowing.of(List.of(call("x", matrix(1, 2)))).size());
  }

  @Test
  void integersAndBooleansAreWrittenAsTheyAreRead() {
    TensorData image = TensorData.ofFloats(new long[] {9}, new float[9]);
    TensorData flag = TensorData.scalar(DType.BOOL, 1);
    TensorData sizes = TensorData.ofLongs(new long[] {2}, -3, 7);
    Golden call = new Golden(Map.of("x", image, "flag", flag, "sizes", sizes), Map.of());
    assertEquals(
        Map.of("flag", "true", "sizes", "-3,7"), Narrowing.of(List.of(call)).get(2).values());
  }

  @Test
  void onlyRefusalsForTensorRtCount() {
    assertTrue(Narrowing.mayHelp(refusal(Code.NOT_FOR_TENSORRT)));
    assertFalse(Narrowing.mayHelp(refusal(Code.UNSUPPORTED_OP)));
  }

  private static Golden call(String name, TensorData data) {
    return new Golden(Map.of(name, data), Map.of());
  }

  private static TensorData matrix(long rows, long columns) {
    return TensorData.ofFloats(new long[] {rows, columns}, 1, 2);
  }

  private static TensorData scalar(float value) {
    return TensorData.ofFloats(new long[0], value);
  }

  private static DiagnosticException refusal(Code code) {
    return DiagnosticException.of(code, "input", "its rank is not known: 'x'", "");
  }
}
