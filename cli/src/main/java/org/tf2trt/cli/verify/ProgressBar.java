// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.io.PrintWriter;
import java.util.Locale;

/** One line at a terminal: how far it is, how fast, how long still. */
final class ProgressBar implements AutoCloseable {
  private static final long EVERY = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final long all;
  private final long before;
  private final long start = System.nanoTime();
  private long shown;

  /**
   * @param err null for none
   * @param all samples to come, those before included; {@code Long.MAX_VALUE} when not known
   * @param before samples of an earlier run
   */
  ProgressBar(PrintWriter err, long all, long before) {
    this.err = err;
    this.all = all;
    this.before = before;
  }

  void show(long done) {
    long now = System.nanoTime();
    if (err == null || now - shown < EVERY) {
      return;
    }
    shown = now;
    err.print("\r\033[K" + text(done, (now - start) / 1e9));
    err.flush();
  }

  String text(long done, double seconds) {
    double rate = seconds <= 0 ? 0 : (done - before) / seconds;
    if (all == Long.MAX_VALUE) {
      return String.format(Locale.ROOT, "%d samples, %.0f/s", done, rate);
    }
    int filled = (int) (WIDTH * Math.min(done, all) / Math.max(1, all));
    long left = rate <= 0 ? 0 : Math.round((all - done) / rate);
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d samples, %.0f/s, %d:%02d left",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done,
        all,
        rate,
        left / 60,
        left % 60);
  }

  @Override
  public void close() {
    if (shown != 0) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
