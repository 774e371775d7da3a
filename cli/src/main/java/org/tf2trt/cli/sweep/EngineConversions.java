// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tf2trt.cli.engine.BuildRetry;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.Comparison;

/** Writes models as ONNX for engines. */
public interface EngineConversions {
  /**
   * Converts; throws DiagnosticException when TensorFlow's ops or TensorRT's limits do not allow
   * it.
   *
   * @param model on disk
   * @param selection the part of it
   * @param shapes to pin
   * @param demand what to compute in
   * @param onnx file to write
   */
  Converted convert(Path model, Selection selection, List<String> shapes, Demand demand, Path onnx);

  /**
   * What a model is to compute in.
   *
   * @param precision where nothing speaks against it
   * @param samples inputs to measure low precision on; empty for generated ones
   * @param choice what stays in float32
   */
  record Demand(String precision, List<Map<String, TensorData>> samples, BuildRetry.Choice choice) {
    static final Demand FP32 = new Demand("fp32", List.of(), BuildRetry.Choice.FIRST);

    public Demand {
      samples = List.copyOf(samples);
    }
  }

  /**
   * What a conversion gave.
   *
   * @param warnings in words
   * @param simulated outputs of low precision, simulated with float32 kernels, against those of
   *     float32; null when nothing was measured
   * @param steps of outputs that are quantised
   * @param state inputs and outputs of the model that one call hands to the next
   */
  record Converted(
      List<String> warnings,
      Comparison simulated,
      Map<String, Double> steps,
      List<StateVariable> state) {
    public Converted {
      warnings = List.copyOf(warnings);
      steps = Map.copyOf(steps);
      state = List.copyOf(state);
    }
  }
}
