// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.frontend.Endpoints;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.lower.LowerTensorFlow;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.infer.MergeBatches;

/**
 * Which open first dims of a model's inputs are one batch, for who looks at the model and does not
 * convert it: the names that a conversion ends with.
 */
public final class BatchNames {
  private BatchNames() {}

  /** The name that each first dim takes, by its own; those that keep theirs are left out. */
  public static Map<String, Dim> of(TfModel model, Selection part, Extensions extensions) {
    Graph probe = TensorFlowFrontend.load(model, part);
    if (MergeBatches.open(probe).size() < 2) {
      return Map.of();
    }
    PassContext context = new PassContext(EmitOptions.DEFAULT.opset(), new Diagnostics());
    context.signed(Endpoints.of(model, part).signed());
    Map<String, Dim> first = firsts(probe);
    try {
      new LowerTensorFlow(extensions.lowerings()).run(probe, context);
      new MergeBatches().run(probe, context);
    } catch (DiagnosticException e) {
      return context.meetings().names(probe); // a conversion finds the same error, or not
    }
    Map<String, Dim> last = firsts(probe);
    Map<String, Dim> names = new LinkedHashMap<>();
    first.forEach(
        (input, dim) -> {
          if (dim.isSymbolic() && !dim.equals(last.get(input))) {
            names.put(dim.toString(), last.get(input));
          }
        });
    return names;
  }

  private static Map<String, Dim> firsts(Graph graph) {
    Map<String, Dim> dims = new LinkedHashMap<>();
    for (Value.Param p : graph.params()) {
      if (p.shape().isRanked() && p.shape().rank() > 0) {
        dims.put(p.name(), p.shape().dim(0));
      }
    }
    return dims;
  }
}
