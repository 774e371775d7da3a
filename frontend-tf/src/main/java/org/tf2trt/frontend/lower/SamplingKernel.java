// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sampling kernels of tf.image.resize, as sampling_kernels.h and scale_and_translate_op.cc. */
enum SamplingKernel {
  LANCZOS1(1),
  LANCZOS3(3),
  LANCZOS5(5),
  GAUSSIAN(1.5f),
  BOX(1),
  TRIANGLE(1),
  KEYSCUBIC(2),
  MITCHELLCUBIC(2);

  private final float radius;

  SamplingKernel(float radius) {
    this.radius = radius;
  }

  static Optional<SamplingKernel> byName(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(k -> k.name().equals(wanted)).findFirst();
  }

  /** From here on the kernel is zero. */
  float radius() {
    return radius;
  }

  private float at(float distance) {
    float x = Math.abs(distance);
    return switch (this) {
      case LANCZOS1, LANCZOS3, LANCZOS5 -> lanczos(x);
      case GAUSSIAN -> x >= radius ? 0 : (float) Math.exp(-x * x / (2.0 * 0.5 * 0.5));
      case BOX -> x < 0.5f ? 1 : x == 0.5f ? 0.5f : 0;
      case TRIANGLE -> x < 1 ? 1 - x : 0;
      case KEYSCUBIC ->
          x >= 2
              ? 0
              : x >= 1 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : (1.5f * x - 2.5f) * x * x + 1;
      case MITCHELLCUBIC -> mitchell(x);
    };
  }

  private float lanczos(float x) {
    if (x > radius) {
      return 0;
    }
    if (x <= 1e-3) {
      return 1;
    }
    double angle = Math.PI * x;
    return (float) (radius * Math.sin(angle) * Math.sin(angle / radius) / (angle * angle));
  }

  private static float mitchell(float x) {
    if (x >= 2) {
      return 0;
    }
    return x >= 1
        ? ((-7.0f / 18 * x + 2) * x - 10.0f / 3) * x + 16.0f / 9
        : (7.0f / 6 * x - 2) * x * x + 8.0f / 9;
  }

  /** A matrix [out, in]; a row is zero where it samples outside of the image. */
  float[] weights(long in, long out, float scale, float translation, boolean antialias) {
    float inverse = 1 / scale;
    float width = antialias ? Math.max(inverse, 1) : 1;
    float[] matrix = new float[Math.toIntExact(in * out)];
    for (int i = 0; i < out; i++) {
      float sample = (i + 0.5f) * inverse - inverse * translation;
      if (sample >= 0 && sample <= in) {
        row(matrix, (int) (i * in), in, sample, width);
      }
    }
    return matrix;
  }

  private void row(float[] matrix, int offset, long in, float sample, float width) {
    int start = clamp(Math.ceil(sample - radius * width - 0.5f), in);
    int end = clamp(Math.floor(sample + radius * width - 0.5f), in);
    float sum = 0;
    for (int k = start; k <= end; k++) {
      float weight = at((k + 0.5f - sample) / width);
      matrix[offset + k] = weight;
      sum += weight;
    }
    for (int k = start; k <= end; k++) {
      matrix[offset + k] = Math.abs(sum) >= 1000 * Float.MIN_NORMAL ? matrix[offset + k] / sum : 0;
    }
  }

  private static int clamp(double position, long in) {
    return (int) Math.max(0, Math.min(in - 1, (long) position));
  }
}
