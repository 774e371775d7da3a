// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.SplittableRandom;

/**
 * Sounds between 0 and 1, silence at 0.5: a few tones that come, glide and go, over noise, none as
 * loud as the other. White noise of one loudness sounds the same to a network each time.
 */
final class SweptTones {
  private static final int MOST_TONES = 6;

  /** Periods of a tone in a sound, from a rumble to what a second of speech is sampled for. */
  private static final double LOWEST = 60;

  private static final double HIGHEST = 6000;

  /** Pitch may rise or fall by as much as this factor while a tone sounds. */
  private static final double GLIDE = Math.E;

  private static final double FAINTEST_NOISE = 1e-4;
  private static final double LOUDEST_NOISE = 0.3;
  private static final double FAINTEST_SOUND = 0.05;

  private SweptTones() {}

  /**
   * Fills one track.
   *
   * @param into all tracks
   * @param start where it begins
   * @param step from one of its elements to the next
   * @param length how many there are
   */
  static void fill(double[] into, int start, int step, int length, SplittableRandom random) {
    double[] sound = new double[length];
    int tones = random.nextInt(1, MOST_TONES);
    for (int i = 0; i < tones; i++) {
      tone(sound, random);
    }
    double noise = logUniform(FAINTEST_NOISE, LOUDEST_NOISE, random);
    double peak = 0;
    for (int i = 0; i < length; i++) {
      sound[i] += noise * (2 * random.nextDouble() - 1);
      peak = Math.max(peak, Math.abs(sound[i]));
    }
    double loudness = logUniform(FAINTEST_SOUND, 1, random) / (2 * peak);
    for (int i = 0; i < length; i++) {
      into[start + i * step] = 0.5 + loudness * sound[i];
    }
  }

  /** Its phase is the integral of a pitch that changes evenly; its loudness is a bell. */
  private static void tone(double[] sound, SplittableRandom random) {
    double from = logUniform(LOWEST, HIGHEST, random);
    double to = from * logUniform(1 / GLIDE, GLIDE, random);
    double loudness = random.nextDouble(0.1, 1);
    double middle = random.nextDouble(0.1, 0.9);
    double width = random.nextDouble(0.02, 0.3);
    for (int i = 0; i < sound.length; i++) {
      double t = (double) i / sound.length;
      double away = (t - middle) / width;
      double phase = 2 * Math.PI * t * (from + (to - from) * t / 2);
      sound[i] += loudness * Math.exp(-away * away) * Math.sin(phase);
    }
  }

  private static double logUniform(double low, double high, SplittableRandom random) {
    return low * Math.pow(high / low, random.nextDouble());
  }
}
