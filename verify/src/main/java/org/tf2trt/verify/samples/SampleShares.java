// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.SplittableRandom;

/**
 * Numbers between 0 and 1 that differ as inputs of networks do: images are smooth, sounds have
 * tones, everything else is noise.
 */
public final class SampleShares {
  private static final int MOST_CHANNELS = 4;

  /** A tensor with this many elements in a row, and few rows, is a sound. */
  private static final long SHORTEST_SOUND = 4000;

  private static final long MOST_TRACKS = 16;

  private SampleShares() {}

  /** One number for each element of a tensor of this shape. */
  public static double[] of(long[] shape, SplittableRandom random) {
    int count = 1;
    for (long d : shape) {
      count = Math.toIntExact(count * d);
    }
    double[] shares = new double[count];
    int time = time(shape, count);
    if (shape.length == 4 && shape[3] <= MOST_CHANNELS) {
      SmoothNoise.fill(shares, shape[0], shape[1], shape[2], shape[3], true, random);
    } else if (shape.length == 4 && shape[1] <= MOST_CHANNELS) {
      SmoothNoise.fill(shares, shape[0], shape[2], shape[3], shape[1], false, random);
    } else if (time >= 0) {
      sounds(shares, shape, time, random);
    } else {
      for (int i = 0; i < count; i++) {
        shares[i] = random.nextDouble();
      }
    }
    return shares;
  }

  /** Whether tensors of this shape are filled with sounds. */
  public static boolean isSound(long[] shape) {
    long count = 1;
    for (long d : shape) {
      count *= d;
    }
    return time(shape, count) >= 0;
  }

  /** The dim of time of a sound, or -1. */
  private static int time(long[] shape, long count) {
    for (int i = 0; i < shape.length && shape.length < 4; i++) {
      if (shape[i] >= SHORTEST_SOUND && count / shape[i] <= MOST_TRACKS) {
        return i;
      }
    }
    return -1;
  }

  private static void sounds(double[] into, long[] shape, int time, SplittableRandom random) {
    int length = Math.toIntExact(shape[time]);
    int step = 1;
    for (int i = time + 1; i < shape.length; i++) {
      step = Math.toIntExact(step * shape[i]);
    }
    for (int outer = 0; outer < into.length; outer += length * step) {
      for (int inner = 0; inner < step; inner++) {
        SweptTones.fill(into, outer + inner, step, length, random);
      }
    }
  }
}
