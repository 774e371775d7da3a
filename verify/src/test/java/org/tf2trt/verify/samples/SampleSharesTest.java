// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleSharesTest {
  private static double[] sound(long seed, long... shape) {
    return SampleShares.of(shape, new SplittableRandom(seed));
  }

  private static double loudest(double[] sound) {
    return Arrays.stream(sound).map(v -> Math.abs(v - 0.5)).max().orElseThrow();
  }

  /** How often a sound passes through silence: a measure of its pitch. */
  private static long crossings(double[] sound) {
    return IntStream.range(1, sound.length)
        .filter(i -> (sound[i] < 0.5) != (sound[i - 1] < 0.5))
        .count();
  }

  @Test
  void soundsDifferInPitchAndLoudnessAndStayInRange() {
    double[] loudness = new double[50];
    long[] pitch = new long[50];
    for (int i = 0; i < loudness.length; i++) {
      double[] sound = sound(i, 16000, 1);
      assertTrue(Arrays.stream(sound).allMatch(v -> v >= 0 && v <= 1));
      loudness[i] = loudest(sound);
      pitch[i] = crossings(sound);
    }
    assertTrue(Arrays.stream(loudness).max().orElseThrow() > 0.4);
    assertTrue(Arrays.stream(loudness).min().orElseThrow() < 0.05);
    long highest = LongStream.of(pitch).max().orElseThrow();
    assertTrue(highest > 4 * LongStream.of(pitch).min().orElseThrow());
    assertArrayEquals(sound(7, 16000, 1), sound(7, 16000, 1));
  }

  @Test
  void tracksLieAsTheShapeSays() {
    double[] apart = sound(3, 2, 5000);
    double[] interleaved = sound(3, 5000, 2);
    for (int i = 0; i < 5000; i++) {
      assertEquals(apart[i], interleaved[2 * i]);
      assertEquals(apart[5000 + i], interleaved[2 * i + 1]);
    }
  }

  /** White noise passes through the middle at every other element, and is as loud as can be. */
  @Test
  void whatIsShortOrHasManyRowsIsNoise() {
    for (long[] shape : new long[][] {{3999}, {4000, 17}, {10, 20, 30}}) {
      double[] noise = sound(1, shape);
      assertTrue(loudest(noise) > 0.49);
      assertEquals(0.5, (double) crossings(noise) / noise.length, 0.05);
    }
  }

  /** Neighbouring pixels of one channel are alike, wherever the channels are. */
  @Test
  void imagesAreSmooth() {
    double[] last = sound(5, 1, 64, 64, 3);
    double[] first = sound(5, 1, 3, 64, 64);
    for (int i = 0; i < 64 * 63; i++) {
      assertTrue(i % 64 == 63 || Math.abs(last[3 * i] - last[3 * (i + 1)]) < 0.2);
      assertTrue(i % 64 == 63 || Math.abs(first[i] - first[i + 1]) < 0.2);
      assertEquals(last[3 * i + 1], first[64 * 64 + i]);
    }
  }
}
