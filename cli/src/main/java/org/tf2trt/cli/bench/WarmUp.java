// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Runs until times no longer fall: clocks of an idle card take some hundred milliseconds to rise.
 *
 * @param runs that were made
 * @param settled false when the time was up before
 */
public record WarmUp(int runs, boolean settled) {
  private static final int WINDOW = 20;
  private static final double CLOSE = 0.01;

  /**
   * @param run one run; gives its time
   * @param clock nanoseconds
   * @param atLeast nanoseconds to run in any case
   * @param atMost nanoseconds after which it gives up waiting
   */
  static WarmUp until(DoubleSupplier run, LongSupplier clock, long atLeast, long atMost) {
    long start = clock.getAsLong();
    double before = Double.POSITIVE_INFINITY;
    double[] window = new double[WINDOW];
    int runs = 0;
    while (true) {
      for (int i = 0; i < WINDOW; i++) {
        window[i] = run.getAsDouble();
        runs++;
      }
      double median = Percentiles.of(Arrays.copyOf(window, WINDOW)).p50();
      boolean settled = Math.abs(median - before) <= CLOSE * median;
      long spent = clock.getAsLong() - start;
      if (settled && spent >= atLeast) {
        return new WarmUp(runs, true);
      }
      if (spent >= atMost) {
        return new WarmUp(runs, settled);
      }
      before = median;
    }
  }
}
