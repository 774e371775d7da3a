// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.Tolerance;

class OutputStatisticsTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-3, null);

  private static void add(OutputStatistics s, int from, int to) {
    for (int call = from; call < to; call++) {
      SplittableRandom random = new SplittableRandom(call);
      float[] expected = new float[40];
      float[] actual = new float[40];
      for (int i = 0; i < 40; i++) {
        expected[i] = (float) random.nextDouble(-1, 1);
        actual[i] = expected[i] + (float) (random.nextDouble() * 1e-4 * call);
      }
      s.add(
          call,
          TensorData.ofFloats(new long[] {4, 10}, actual),
          TensorData.ofFloats(new long[] {4, 10}, expected),
          TOLERANCE);
    }
  }

  @Test
  void partsMergeIntoTheWhole() {
    OutputStatistics whole = new OutputStatistics("y");
    add(whole, 0, 20);
    OutputStatistics first = new OutputStatistics("y");
    add(first, 0, 7);
    OutputStatistics second = new OutputStatistics("y");
    add(second, 7, 20);
    OutputStatistics merged = new OutputStatistics(first.summary());
    merged.merge(second.summary());

    OutputSummary a = whole.summary();
    OutputSummary b = merged.summary();
    assertEquals(a.errors(), b.errors());
    assertEquals(a.agreement(), b.agreement());
    assertEquals(a.points(), b.points());
    assertEquals(a.failures(), b.failures());
    assertEquals(a.totals().worst(), b.totals().worst());
    assertEquals(a.totals().worstCall(), b.totals().worstCall());
    assertEquals(a.totals().rms(), b.totals().rms(), 1e-15);
    assertEquals(19, a.totals().worstCall());
  }

  @Test
  void failsWhereOneCallIsBeyondItsBound() {
    OutputStatistics s = new OutputStatistics("y");
    add(s, 0, 20);
    assertFalse(s.summary().passed());
    assertTrue(s.failed() > 0 && s.failed() < 20, String.valueOf(s.failed()));
    assertEquals(s.failed(), s.summary().failures().size());
  }

  @Test
  void percentilesAreRightWithinTheirBins() {
    LogHistogram histogram = new LogHistogram();
    for (int i = 1; i <= 1000; i++) {
      histogram.add(i * 1e-6);
    }
    assertEquals(5e-4, histogram.percentile(0.5), 5e-4 * 0.08);
    assertEquals(9.9e-4, histogram.percentile(0.99), 9.9e-4 * 0.08);
    histogram.add(0);
    assertEquals(0, histogram.percentile(0.0005));
  }

  @Test
  void listsRowsOfAnotherClass() {
    OutputStatistics s = new OutputStatistics("scores");
    s.add(
        3,
        TensorData.ofFloats(new long[] {2, 3}, 0.1f, 0.7f, 0.2f, 0.5f, 0.4f, 0.1f),
        TensorData.ofFloats(new long[] {2, 3}, 0.1f, 0.7f, 0.2f, 0.4f, 0.5f, 0.1f),
        TOLERANCE);
    Agreement a = s.summary().agreement();
    assertEquals(2, a.rows());
    assertEquals(1, a.top1());
    assertEquals(2, a.top5());
    assertTrue(a.disagreements().get(0).startsWith("call 3 row 1: class 0, expected 1"), a + "");
  }

  @Test
  void matchesBoxesAndMasks() {
    Agreement boxes =
        Agreement.of(
            "detection_boxes",
            0,
            TensorData.ofFloats(new long[] {1, 2, 4}, 0, 0, 2, 2, 5, 5, 6, 6),
            TensorData.ofFloats(new long[] {1, 2, 4}, 5, 5, 6, 6, 0, 0, 4, 4));
    assertEquals(2, boxes.boxes());
    assertEquals(1, boxes.matched());
    Agreement masks =
        Agreement.of(
            "mask",
            0,
            TensorData.ofLongs(new long[] {1, 2, 2}, 1, 1, 0, 0),
            TensorData.ofLongs(new long[] {1, 2, 2}, 1, 0, 0, 2));
    assertEquals(1, masks.intersection());
    assertEquals(3, masks.union());
  }
}
