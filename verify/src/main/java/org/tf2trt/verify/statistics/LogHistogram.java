// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * How often non-negative numbers occur, in bins of equal width on a logarithmic scale: 16 to a
 * decade, so that a percentile is right within 8 %.
 */
public final class LogHistogram {
  private static final int PER_DECADE = 16;
  private static final int LOWEST_DECADE = -16;
  private static final int DECADES = 24;

  private final long[] bins = new long[DECADES * PER_DECADE + 2];

  /** Takes up {@link #counts}; throws IllegalArgumentException for another number of bins. */
  public static LogHistogram of(List<Long> counts) {
    LogHistogram histogram = new LogHistogram();
    if (counts.size() != histogram.bins.length) {
      throw new IllegalArgumentException(counts.size() + " bins");
    }
    for (int i = 0; i < histogram.bins.length; i++) {
      histogram.bins[i] = counts.get(i);
    }
    return histogram;
  }

  /** The first bin counts zeros, the second all below 1e-16, the last all above 1e8. */
  public void add(double value) {
    bins[bin(value)]++;
  }

  private int bin(double value) {
    if (value == 0) {
      return 0;
    }
    double at = (Math.log10(value) - LOWEST_DECADE) * PER_DECADE;
    return (int) Math.max(1, Math.min(bins.length - 1, 1 + Math.floor(at)));
  }

  public void add(LogHistogram other) {
    for (int i = 0; i < bins.length; i++) {
      bins[i] += other.bins[i];
    }
  }

  /** A value that the given share of all is at most; 0 when there are none. */
  public double percentile(double share) {
    long all = Arrays.stream(bins).sum();
    long wanted = (long) Math.ceil(share * all);
    long seen = 0;
    for (int i = 0; i < bins.length; i++) {
      seen += bins[i];
      if (seen >= wanted && bins[i] > 0) {
        return i == 0 ? 0 : middle(i);
      }
    }
    return 0;
  }

  /** The middle of a bin; bin 0 is for zeros. */
  public static double middle(int bin) {
    return Math.pow(10, (bin - 0.5) / PER_DECADE + LOWEST_DECADE);
  }

  public List<Long> counts() {
    return Arrays.stream(bins).boxed().toList();
  }
}
