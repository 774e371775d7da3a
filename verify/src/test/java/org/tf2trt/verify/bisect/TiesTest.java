// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.data.TensorData;

class TiesTest {
  private static long[] settled(TensorData scores, int axis, long[] own, long[] theirs) {
    return Ties.settled(
            TensorData.ofLongs(new long[] {own.length}, own),
            TensorData.ofLongs(new long[] {theirs.length}, theirs),
            scores,
            axis)
        .longs();
  }

  @Test
  void equalScoresGiveTheReferencesLabel() {
    TensorData scores = TensorData.ofFloats(new long[] {2, 3}, 5, 5, 1, 2, 2.1f, 4);
    // Row 0: 0 and 1 are equal. Row 1: 1 is not 2.
    assertArrayEquals(new long[] {0, 1}, settled(scores, -1, new long[] {1, 1}, new long[] {0, 2}));
    assertArrayEquals(new long[] {2, 2}, settled(scores, 1, new long[] {2, 2}, new long[] {0, 2}));
  }

  @Test
  void anyAxis() {
    TensorData scores = TensorData.ofFloats(new long[] {3, 2}, 5, 2, 5, 2.1f, 1, 4);
    assertArrayEquals(new long[] {0, 1}, settled(scores, 0, new long[] {1, 1}, new long[] {0, 2}));
  }

  @Test
  void aLabelThatIsNoneStays() {
    TensorData scores = TensorData.ofFloats(new long[] {1, 2}, 1, 1);
    assertArrayEquals(new long[] {7}, settled(scores, -1, new long[] {7}, new long[] {0}));
  }
}
