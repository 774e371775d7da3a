// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.data.TensorData;

class TopOneTest {
  private static final TensorData ROWS =
      TensorData.ofFloats(new long[] {2, 3}, 0.2f, 0.5f, 0.3f, 0.4f, 0.2f, 0.4f);

  @Test
  void classesAreTheFirstLargest() {
    assertEquals(List.of(1, 0), TopOne.classes(ROWS));
  }

  @Test
  void aClassifierGivesRowsOfProbabilities() {
    TensorData logits = TensorData.ofFloats(new long[] {1, 2}, 3, -1);
    TensorData one = TensorData.ofFloats(new long[] {1, 1}, 1);
    TensorData image = TensorData.ofFloats(new long[] {1, 1, 2}, 0.5f, 0.5f);
    assertEquals(Optional.of("p"), TopOne.classifier(Map.of(), Map.of("p", ROWS)));
    assertEquals(
        Optional.empty(), TopOne.classifier(Map.of(), Map.of("l", logits, "o", one, "i", image)));
  }

  @Test
  void whatLooksLikeAnInputIsNoRowOfLogits() {
    TensorData row = TensorData.splat(org.tf2trt.ir.DType.F32, new long[] {1, 12}, 2);
    assertEquals(Optional.of("l"), TopOne.classifier(Map.of(), Map.of("l", row)));
    assertEquals(Optional.empty(), TopOne.classifier(Map.of("x", row), Map.of("l", row)));
  }

  @Test
  void sharesAreOfAllSamples() {
    TopOne top = TopOne.compare(List.of(1, 2, 3, 4), List.of(1, 2, 3, 5));
    assertEquals(0.75, top.share());
    assertEquals(1, new TopOne(0, 0).share());
  }

  @Test
  void samplesLookLikeTheGivenCallAndDiffer() {
    Map<String, TensorData> given =
        Map.of(
            "x", TensorData.ofFloats(new long[] {2, 2}, 0, 255, 10, 20),
            "n", TensorData.ofLongs(new long[] {2}, 3, 5));
    SampleInputs made = new SampleInputs(given);
    Map<String, TensorData> call = made.call(1);
    assertEquals(call.get("x").text(), made.call(1).get("x").text());
    assertNotEquals(call.get("x").text(), made.call(2).get("x").text());
    for (int number = 0; number < 50; number++) {
      for (double v : made.call(number).get("x").doubles()) {
        assertTrue(v >= 0 && v <= 255, "" + v);
      }
      for (long v : made.call(number).get("n").longs()) {
        assertTrue(v >= 3 && v <= 5, "" + v);
      }
    }
    long different =
        IntStream.range(0, 50).mapToObj(i -> made.call(i).get("n").text()).distinct().count();
    assertTrue(different > 5);
  }
}
