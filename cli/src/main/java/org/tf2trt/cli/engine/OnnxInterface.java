// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.backend.engine.Binding;
import org.tf2trt.backend.engine.EngineBuilder;
import org.tf2trt.backend.engine.ParseReport;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Inputs and outputs of an ONNX file with its symbolic dims.
 *
 * @param inputs by name, in order
 * @param outputs by name, in order
 */
record OnnxInterface(Map<String, TensorType> inputs, Map<String, TensorType> outputs) {
  /** Files that only TensorRT's parser reads have no symbols. */
  static OnnxInterface of(Path onnx, EngineBuilder builder) {
    try {
      return of(OnnxReader.read(onnx).graph());
    } catch (DiagnosticException unread) {
      ParseReport report = builder.parse(onnx);
      if (!report.accepted()) {
        throw new DiagnosticException(report.diagnostics());
      }
      return new OnnxInterface(types(report.inputs()), types(report.outputs()));
    }
  }

  static OnnxInterface of(Graph graph) {
    Map<String, TensorType> inputs = new LinkedHashMap<>();
    for (Value.Param p : graph.params()) {
      inputs.put(p.name(), p.type());
    }
    Map<String, TensorType> outputs = new LinkedHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      outputs.put(graph.outputNames().get(i), graph.outputs().get(i).type());
    }
    return new OnnxInterface(inputs, outputs);
  }

  private static Map<String, TensorType> types(List<Binding> bindings) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Binding b : bindings) {
      Shape shape = Shape.unknown(b.shape().length);
      for (int i = 0; i < b.shape().length; i++) {
        shape = b.shape()[i] < 0 ? shape : shape.with(i, Dim.of(b.shape()[i]));
      }
      types.put(b.name(), new TensorType(b.dtype(), shape));
    }
    return types;
  }
}
