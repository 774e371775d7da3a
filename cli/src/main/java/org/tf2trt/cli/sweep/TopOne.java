// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;

/**
 * How often two runs of a classifier name the same class.
 *
 * @param samples that were compared
 * @param agreeing those of equal class
 */
record TopOne(int samples, int agreeing) {
  /** Rows of probabilities add up to 1, to the rounding of float16. */
  private static final double SUM_ERROR = 2e-2;

  private static final int LEAST_LOGITS = 10;

  double share() {
    return samples == 0 ? 1 : (double) agreeing / samples;
  }

  TopOne and(TopOne other) {
    return new TopOne(samples + other.samples, agreeing + other.agreeing);
  }

  /**
   * The first output that holds a row of class probabilities for each sample, or the only output
   * where it has as many columns as classifiers have that end in logits. An output shaped like an
   * input is one that was made again, by an autoencoder.
   */
  static Optional<String> classifier(
      Map<String, TensorData> inputs, Map<String, TensorData> outputs) {
    Optional<String> probabilities =
        outputs.entrySet().stream()
            .filter(e -> isProbabilities(e.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (probabilities.isPresent() || outputs.size() != 1) {
      return probabilities;
    }
    TensorData only = outputs.values().iterator().next();
    boolean again =
        inputs.values().stream().anyMatch(in -> Arrays.equals(in.shape(), only.shape()));
    boolean logits =
        !again && only.dtype().isFloat() && only.rank() == 2 && only.shape()[1] >= LEAST_LOGITS;
    return logits ? Optional.of(outputs.keySet().iterator().next()) : Optional.empty();
  }

  private static boolean isProbabilities(TensorData data) {
    if (!data.dtype().isFloat() || data.rank() != 2 || data.shape()[1] < 2) {
      return false;
    }
    double[] values = data.doubles();
    int classes = Math.toIntExact(data.shape()[1]);
    for (int row = 0; row < values.length / classes; row++) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        double value = values[row * classes + i];
        if (!(value >= 0)) {
          return false;
        }
        sum += value;
      }
      if (Math.abs(sum - 1) > SUM_ERROR) {
        return false;
      }
    }
    return values.length > 0;
  }

  /** The class of each row; the first one of equal values. */
  static List<Integer> classes(TensorData rows) {
    double[] values = rows.doubles();
    int classes = Math.toIntExact(rows.shape()[1]);
    List<Integer> best = new ArrayList<>();
    for (int row = 0; row < values.length / classes; row++) {
      int at = 0;
      for (int i = 1; i < classes; i++) {
        if (values[row * classes + i] > values[row * classes + at]) {
          at = i;
        }
      }
      best.add(at);
    }
    return best;
  }

  static TopOne compare(List<Integer> a, List<Integer> b) {
    int agreeing = 0;
    for (int i = 0; i < a.size(); i++) {
      agreeing += i < b.size() && a.get(i).equals(b.get(i)) ? 1 : 0;
    }
    return new TopOne(a.size(), agreeing);
  }
}
