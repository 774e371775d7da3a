// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static double[] series(int count, double noise, double slope) {
    SplittableRandom random = new SplittableRandom(1);
    double[] samples = new double[count];
    for (int i = 0; i < count; i++) {
      samples[i] = 100 + noise * (random.nextDouble() - 0.5) + slope * i / count;
    }
    return samples;
  }

  @Test
  void percentilesLieBetweenSamplesInProportion() {
    // numpy.percentile([1, 2, 3, 4, 10], [50, 90, 95, 99])
    Percentiles p = Percentiles.of(10, 3, 1, 4, 2);
    assertEquals(5, p.count());
    assertEquals(1, p.min());
    assertEquals(4, p.mean());
    assertEquals(3, p.p50());
    assertEquals(7.6, p.p90(), 1e-12);
    assertEquals(8.8, p.p95(), 1e-12);
    assertEquals(9.76, p.p99(), 1e-12);
    assertEquals(10, p.max());
    assertEquals(Math.sqrt(10), p.deviation(), 1e-12);
    assertThrows(IllegalArgumentException.class, Percentiles::of);
  }

  @Test
  void evenNoiseIsStableAndDriftIsNot() {
    assertTrue(Stability.of(series(400, 4, 0)).isStable());
    Stability rising = Stability.of(series(400, 4, 10));
    assertFalse(rising.isStable());
    assertTrue(rising.drift() > 0.05, rising.text());
    Stability wild = Stability.of(series(400, 40, 0));
    assertTrue(wild.drift() < wild.spread());
    assertFalse(wild.isStable());
    assertTrue(Stability.of(5).isStable());
  }

  @Test
  void outliersDoNotMakeASeriesUnstable() {
    double[] samples = series(400, 2, 0);
    Arrays.fill(samples, 10, 20, 1000);
    assertTrue(Stability.of(samples).isStable());
  }

  @Test
  void warmUpWaitsForTimesToSettle() {
    AtomicLong clock = new AtomicLong();
    WarmUp w =
        WarmUp.until(
            () -> {
              double time = 100 + 1000 * Math.exp(-clock.get() / 50.0);
              clock.incrementAndGet();
              return time;
            },
            clock::get,
            0,
            100_000);
    assertTrue(w.settled());
    assertTrue(w.runs() > 200 && w.runs() < 1000, w.toString());
  }

  @Test
  void warmUpEndsWhenTheTimeIsUp() {
    AtomicLong clock = new AtomicLong();
    WarmUp w = WarmUp.until(clock::incrementAndGet, clock::get, 0, 500);
    assertFalse(w.settled());
    assertEquals(500, w.runs());
  }
}
