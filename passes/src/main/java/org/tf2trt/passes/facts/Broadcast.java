// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/** NumPy broadcasting, as ONNX defines it. */
public final class Broadcast {
  private Broadcast() {}

  /**
   * True when a value of shape {@code small} broadcast with one of {@code shape} surely gives
   * {@code shape}.
   */
  public static boolean into(Shape small, Shape shape) {
    if (!small.isRanked() || !shape.isRanked()) {
      return small.hasRank(0);
    }
    int lead = shape.rank() - small.rank();
    if (lead < 0) {
      return false;
    }
    for (int i = 0; i < small.rank(); i++) {
      Dim s = small.dim(i);
      if (!s.is(1) && (s.isUnknown() || !s.equals(shape.dim(lead + i)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@link #into(Shape, Shape)} for the shapes of two values; also where these are open, and one
   * value was made from the other, or both from a third, element by element.
   */
  public static boolean into(Value small, Value value) {
    return into(small.shape(), value.shape()) || SameShape.hold(small, value);
  }
}
