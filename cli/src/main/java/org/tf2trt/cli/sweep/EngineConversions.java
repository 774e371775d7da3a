// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.data.TensorData;

/** Writes models as ONNX for engines. */
public interface EngineConversions {
  /**
   * Converts; throws DiagnosticException when TensorFlow's ops or TensorRT's limits do not allow
   * it.
   *
   * @param model on disk
   * @param selection the part of it
   * @param shapes to pin
   * @param precision to compute in
   * @param samples inputs to measure low precision on; empty for generated ones
   * @param onnx file to write
   * @return warnings
   */
  List<String> convert(
      Path model,
      Selection selection,
      List<String> shapes,
      String precision,
      List<Map<String, TensorData>> samples,
      Path onnx);
}
