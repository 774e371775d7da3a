// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.List;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * What TensorRT's parser says about an ONNX model.
 *
 * @param accepted true when the whole model was read; it may still be refused by the builder
 * @param messages the parser's errors
 * @param diagnostics the same, addressed to TensorFlow nodes, and warnings
 * @param inputs as the parser sees them; empty unless accepted
 * @param outputs as the parser sees them; empty unless accepted
 */
public record ParseReport(
    boolean accepted,
    List<ParserMessage> messages,
    List<Diagnostic> diagnostics,
    List<Binding> inputs,
    List<Binding> outputs) {
  public ParseReport {
    messages = List.copyOf(messages);
    diagnostics = List.copyOf(diagnostics);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
