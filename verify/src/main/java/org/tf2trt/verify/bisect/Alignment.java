// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.check.Fit;

/**
 * How a tensor of the original lies in the converted model: as it is, channels first, or under
 * another shape. No other permutation is tried: a layout that was swapped by mistake must not be
 * explained away.
 */
enum Alignment {
  SAME {
    @Override
    TensorData toConverted(TensorData original, long[] shape) {
      return original;
    }
  },
  CHANNELS_FIRST {
    @Override
    TensorData toConverted(TensorData original, long[] shape) {
      return original.rank() < 3 ? original : original.permute(Fit.channelsFirst(original.rank()));
    }
  },
  RESHAPED {
    @Override
    TensorData toConverted(TensorData original, long[] shape) {
      return Arrays.stream(shape).reduce(1, (a, b) -> a * b) == original.elements()
          ? original.reshape(shape)
          : original;
    }
  };

  abstract TensorData toConverted(TensorData original, long[] shape);

  /** The inverse, for ways that need no shape. */
  TensorData toOriginal(TensorData converted) {
    return this == CHANNELS_FIRST && converted.rank() >= 3
        ? converted.permute(Fit.channelsLast(converted.rank()))
        : converted;
  }

  /** The original's value in a layout. */
  record Fitted(Alignment way, TensorData data) {}

  /** The original's value in the first layout of those that fit with the least error. */
  static Optional<Fitted> fit(TensorData original, TensorData converted, Distance distance) {
    Fitted best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Alignment way : values()) {
      if (best != null && way == RESHAPED) {
        break;
      }
      TensorData data = way.toConverted(original, converted.shape());
      if (Arrays.equals(data.shape(), converted.shape())) {
        double error = distance.of(converted, data);
        if (best == null || error < least) {
          best = new Fitted(way, data);
          least = error;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** How far two tensors of one type and shape are apart. */
  interface Distance {
    double of(TensorData actual, TensorData expected);
  }
}
