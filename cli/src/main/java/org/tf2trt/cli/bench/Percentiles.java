// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.Arrays;

/**
 * Order statistics of a series of times.
 *
 * @param count of samples
 * @param min smallest
 * @param mean arithmetic mean
 * @param deviation standard deviation
 * @param p50 median
 * @param p90 nine tenths are at most this
 * @param p95 as above
 * @param p99 as above
 * @param max largest
 */
public record Percentiles(
    int count,
    double min,
    double mean,
    double deviation,
    double p50,
    double p90,
    double p95,
    double p99,
    double max) {

  /** Throws IllegalArgumentException when there are no samples. */
  public static Percentiles of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(s -> (s - mean) * (s - mean)).sum();
    return new Percentiles(
        sorted.length,
        sorted[0],
        mean,
        Math.sqrt(squares / sorted.length),
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.95),
        at(sorted, 0.99),
        sorted[sorted.length - 1]);
  }

  /** Between the two samples around the rank, in proportion (as NumPy does). */
  private static double at(double[] sorted, double share) {
    double rank = share * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
