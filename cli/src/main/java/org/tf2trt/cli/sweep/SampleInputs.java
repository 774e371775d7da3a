// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.samples.SampleShares;

/**
 * Calls made up like a given one: the same inputs and shapes, floats and integers anywhere between
 * the least and the largest value that each input has there, images and sounds as {@link
 * SampleShares} makes them. Equal numbers give equal data.
 */
final class SampleInputs {
  private final Map<String, TensorData> like;

  SampleInputs(Map<String, TensorData> like) {
    this.like = like;
  }

  /** Whether an input is a sound. */
  boolean sounds() {
    return like.values().stream()
        .anyMatch(d -> d.dtype().isFloat() && SampleShares.isSound(d.shape()));
  }

  Map<String, TensorData> call(long number) {
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    like.forEach((name, data) -> inputs.put(name, data(name, data, number)));
    return inputs;
  }

  private static TensorData data(String name, TensorData like, long number) {
    DType dtype = like.dtype();
    if (!dtype.isFloat() && !dtype.isInteger() && dtype != DType.BOOL || like.elements() == 0) {
      return like;
    }
    double[] values = like.doubles();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    SplittableRandom random = new SplittableRandom(number * 31 + name.hashCode());
    ByteBuffer bytes = Elements.allocate(dtype, values.length);
    double[] shares = SampleShares.of(like.shape(), random);
    for (int i = 0; i < values.length; i++) {
      if (dtype.isFloat()) {
        Elements.putDouble(dtype, bytes, i, low + (high - low) * shares[i]);
      } else {
        Elements.putLong(dtype, bytes, i, random.nextLong((long) low, (long) high + 1));
      }
    }
    return TensorData.of(dtype, like.shape(), bytes);
  }
}
