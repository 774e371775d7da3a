// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;

/** Complex inputs and outputs of a model, which no runtime of ONNX takes. */
final class ComplexInterface {
  private ComplexInterface() {}

  static DiagnosticException input(Value v) {
    return DiagnosticException.of(
        Code.UNSUPPORTED_DTYPE,
        "",
        "it reads an input of type " + v.dtype().text() + ", which ONNX runtimes do not take",
        "cut the graph behind the ops that make it real (--inputs)");
  }

  /** Reports outputs that are complex. */
  static void checkOutputs(Graph graph, Diagnostics into) {
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value v = graph.outputs().get(i);
      if (v.isPresent() && v.dtype().isComplex()) {
        into.add(
            Diagnostic.error(
                Code.UNSUPPORTED_DTYPE,
                "output '" + graph.outputNames().get(i) + "'",
                "it is " + v.dtype().text() + ", and ONNX runtimes give no complex numbers",
                "end the graph before it (--outputs), or give Real and Imag in the model"));
      }
    }
  }
}
