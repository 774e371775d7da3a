// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/**
 * Calls made up like a given one: the same inputs and shapes, floats and integers anywhere between
 * the least and the largest value that each input has there, floats of each row with a mean and a
 * contrast of their own. Equal numbers give equal data.
 */
final class SampleInputs {
  private final Map<String, TensorData> like;

  SampleInputs(Map<String, TensorData> like) {
    this.like = like;
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
    int rows = like.rank() == 0 ? 1 : Math.toIntExact(like.shape()[0]);
    int size = values.length / rows;
    for (int row = 0; row < rows; row++) {
      // Noise of one mean and one contrast looks the same to a network, whatever its values.
      double contrast = random.nextDouble();
      double offset = (1 - contrast) * random.nextDouble();
      for (int i = row * size; i < (row + 1) * size; i++) {
        if (dtype.isFloat()) {
          double share = offset + contrast * random.nextDouble();
          Elements.putDouble(dtype, bytes, i, low + (high - low) * share);
        } else {
          Elements.putLong(dtype, bytes, i, random.nextLong((long) low, (long) high + 1));
        }
      }
    }
    return TensorData.of(dtype, like.shape(), bytes);
  }
}
