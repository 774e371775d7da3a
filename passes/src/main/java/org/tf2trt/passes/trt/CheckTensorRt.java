// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.Stage;

/** The last word before an engine is built: reports everything that TensorRT does not take. */
public final class CheckTensorRt implements Pass {
  private final Target target;

  public CheckTensorRt(Target target) {
    this.target = target;
  }

  @Override
  public String summary() {
    return "report what TensorRT's parser does not take";
  }

  @Override
  public Stage ensures() {
    return Stage.TRT_READY;
  }

  @Override
  public void run(Graph graph, PassContext context) {
    for (Diagnostic d : Legality.of(graph, target)) {
      context.diagnostics().add(d);
    }
  }
}
