// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.ByteBuffer;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.Tolerance;

/** Labels that are as good as the reference's, for their scores are the same up to rounding. */
final class Ties {
  private Ties() {}

  /**
   * The labels, with the reference's where the reference itself has equal scores for both.
   *
   * @param labels the places of the largest scores
   * @param expected the reference's
   * @param scores the reference's, with one more axis
   * @param axis may be negative
   */
  static TensorData settled(TensorData labels, TensorData expected, TensorData scores, int axis) {
    int at = axis < 0 ? axis + scores.rank() : axis;
    if (!labels.type().equals(expected.type()) || scores.elements() == 0) {
      return labels;
    }
    long[] shape = scores.shape();
    int inner = 1;
    for (int i = at + 1; i < shape.length; i++) {
      inner = Math.multiplyExact(inner, (int) shape[i]);
    }
    long[] own = labels.longs();
    long[] theirs = expected.longs();
    double[] all = scores.doubles();
    double magnitude = 0;
    for (double s : all) {
      magnitude = Double.isFinite(s) ? Math.max(magnitude, Math.abs(s)) : magnitude;
    }
    double near = Tolerance.of(scores.dtype()).scaled() * magnitude;
    ByteBuffer settled = Elements.allocate(labels.dtype(), own.length);
    for (int i = 0; i < own.length; i++) {
      long start = (long) (i / inner) * shape[at] * inner + i % inner;
      boolean tie =
          own[i] >= 0
              && own[i] < shape[at]
              && Math.abs(
                      all[(int) (start + own[i] * inner)] - all[(int) (start + theirs[i] * inner)])
                  <= near;
      Elements.putLong(labels.dtype(), settled, i, tie ? theirs[i] : own[i]);
    }
    return TensorData.of(labels.dtype(), labels.shape(), settled);
  }
}
