// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a series of times is of one machine in one state: clocks that still rise, a card that
 * throttles, or other work on it show as parts of the series with different medians.
 *
 * @param drift of the medians of four equal parts, largest over smallest, less 1
 * @param spread between the 10th and the 90th percentile, over the median
 */
public record Stability(double drift, double spread) {
  private static final int PARTS = 4;
  private static final double MAX_DRIFT = 0.03;
  private static final double MAX_SPREAD = 0.10;

  static Stability of(double... samples) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int i = 0; i < PARTS; i++) {
      int from = samples.length * i / PARTS;
      int to = samples.length * (i + 1) / PARTS;
      if (to > from) {
        double median = Percentiles.of(Arrays.copyOfRange(samples, from, to)).p50();
        smallest = Math.min(smallest, median);
        largest = Math.max(largest, median);
      }
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    Percentiles all = Percentiles.of(samples);
    double low = sorted[(int) (0.1 * (sorted.length - 1))];
    double spread = all.p50() > 0 ? (all.p90() - low) / all.p50() : 0;
    return new Stability(smallest > 0 ? largest / smallest - 1 : 0, spread);
  }

  public boolean isStable() {
    return drift <= MAX_DRIFT && spread <= MAX_SPREAD;
  }

  public String text() {
    return String.format(
        Locale.ROOT,
        "%s: medians of its quarters differ by %.1f %%, the middle 80 %% by %.1f %%",
        isStable() ? "stable" : "not stable",
        100 * drift,
        100 * spread);
  }
}
