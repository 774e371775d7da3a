// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.Rounded;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

/**
 * Calls of a network and what it gives in float32, to compare forms in low precision with.
 *
 * @param samples inputs of each call, by name
 * @param references float32 outputs of each call, by name
 */
public record Evidence(
    List<Map<String, TensorData>> samples, List<Map<String, TensorData>> references) {
  /** No calls. */
  public static final Evidence NONE = new Evidence(List.of(), List.of());

  public Evidence {
    samples = List.copyOf(samples);
    references = List.copyOf(references);
  }

  /**
   * Runs every call. Inputs and outputs of the other form may be low.
   *
   * @throws org.tf2trt.ir.diag.DiagnosticException when a call does not run
   */
  public Comparison compare(ModelRunner runner, double bound) {
    List<OutputResult> results = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Map<String, TensorData> feeds = new LinkedHashMap<>(samples.get(i));
      for (Port port : runner.inputs()) {
        feeds.computeIfPresent(port.name(), (name, data) -> as(port.type().dtype(), data));
      }
      results.addAll(compare(runner.run(feeds), references.get(i), bound));
    }
    return new Comparison(results);
  }

  /**
   * Outputs that are no floats, and those whose shape depends on the data and differs, have no
   * error here.
   */
  static List<OutputResult> compare(
      Map<String, TensorData> outputs, Map<String, TensorData> reference, double bound) {
    List<OutputResult> results = new ArrayList<>();
    outputs.forEach(
        (name, output) -> {
          TensorData expected = reference.get(name);
          TensorData actual = as(expected.dtype(), output);
          if (expected.dtype().isFloat() && actual.type().equals(expected.type())) {
            results.add(OutputResult.compare(name, actual, expected, new Tolerance(bound, null)));
          }
        });
    return results;
  }

  private static TensorData as(DType dtype, TensorData data) {
    boolean floats = dtype.isFloat() && data.dtype().isFloat() && dtype != data.dtype();
    return floats ? Rounded.to(dtype, data) : data;
  }
}
