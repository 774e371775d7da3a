// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert.precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.Precision;

/**
 * What is asked of the precision of a converted network.
 *
 * @param precision where nothing speaks against it
 * @param ioTypes which inputs and outputs change their type, as {@link IoTypeSpec} takes them
 * @param excluded TensorFlow nodes and ONNX ops that stay float32
 * @param samples inputs to measure on; none for generated ones
 * @param maxError how far outputs may be from float32, over each output's largest magnitude; 0 to
 *     measure nothing and to choose islands by the nodes alone
 * @param share the part of it, from 0 exclusive to 1, that rounding may use up as it is simulated;
 *     a runtime that rounds more often uses more
 */
public record PrecisionRequest(
    Precision precision,
    List<String> ioTypes,
    Set<String> excluded,
    List<Map<String, TensorData>> samples,
    double maxError,
    double share) {
  /** The error that a network in low precision may have. */
  public static final double MAX_ERROR = 1e-2;

  /** Everything float32. */
  public static final PrecisionRequest FP32 = of(Precision.FP32);

  public PrecisionRequest {
    ioTypes = List.copyOf(ioTypes);
    excluded = Set.copyOf(excluded); // only asked for what it contains
    samples = List.copyOf(samples);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of " + share);
    }
  }

  public static PrecisionRequest of(Precision precision) {
    return new PrecisionRequest(precision, List.of(), Set.of(), List.of(), MAX_ERROR, 1);
  }

  /** Inputs to measure on. */
  public PrecisionRequest on(List<Map<String, TensorData>> newSamples) {
    return new PrecisionRequest(precision, ioTypes, excluded, newSamples, maxError, share);
  }

  /** Gives inputs that samples say nothing of these values, for example those of a first call. */
  public PrecisionRequest withDefaults(Map<String, TensorData> values) {
    return on(
        samples.stream()
            .map(
                sample -> {
                  Map<String, TensorData> all = new LinkedHashMap<>(values);
                  all.putAll(sample);
                  return all;
                })
            .toList());
  }

  public PrecisionRequest withIoTypes(List<String> newIoTypes) {
    return new PrecisionRequest(precision, newIoTypes, excluded, samples, maxError, share);
  }

  /** The same with more nodes that stay float32, for example as TensorRT has no kernel for them. */
  public PrecisionRequest exclude(Set<String> more) {
    List<String> all = new ArrayList<>(excluded);
    all.addAll(more);
    return new PrecisionRequest(precision, ioTypes, Set.copyOf(all), samples, maxError, share);
  }

  /** The same with another share of the error for rounding as it is simulated. */
  public PrecisionRequest withShare(double newShare) {
    return new PrecisionRequest(precision, ioTypes, excluded, samples, maxError, newShare);
  }
}
