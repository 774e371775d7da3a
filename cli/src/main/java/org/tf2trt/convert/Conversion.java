// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * What a conversion did.
 *
 * @param model that was read
 * @param kind what it was exported as
 * @param sourceHash SHA-256 of its graph file
 * @param graph as written
 * @param written the files
 * @param before counts of the imported TensorFlow graph
 * @param after counts of the graph as written
 * @param rules how often each rule fired, and other events that passes count
 * @param nanoseconds of each step and pass, in order
 * @param warnings that did not stop it
 * @param precision what low precision did, if it was asked for
 * @param steps of outputs that the model quantises
 * @param state variables that are inputs and outputs of the model, in order
 */
public record Conversion(
    Path model,
    String kind,
    String sourceHash,
    Graph graph,
    OnnxWriter.Written written,
    GraphStats before,
    GraphStats after,
    Map<String, Integer> rules,
    Map<String, Long> nanoseconds,
    List<Diagnostic> warnings,
    Optional<PrecisionReport> precision,
    Map<String, QuantizationStep> steps,
    List<StateVariable> state) {
  /** The sizes of the steps, by output. */
  public Map<String, Double> stepSizes() {
    Map<String, Double> sizes = new LinkedHashMap<>();
    steps.forEach((output, step) -> sizes.put(output, step.size()));
    return sizes;
  }

  /** Of all steps together. */
  public double seconds() {
    return nanoseconds.values().stream().mapToLong(n -> n).sum() / 1e9;
  }
}
