// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

/** Whether two lists of numbers are the same up to rounding. */
final class Closeness {
  private Closeness() {}

  /** Errors are relative to the largest finite magnitude; infinities and NaN have to agree. */
  static boolean within(double[] want, double[] got, double relative) {
    double largest = 0;
    for (double v : want) {
      largest = Double.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest;
    }
    for (int i = 0; i < want.length; i++) {
      boolean finite = Double.isFinite(want[i]) && Double.isFinite(got[i]);
      if (finite
          ? Math.abs(want[i] - got[i]) > relative * largest
          : Double.compare(want[i], got[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
