// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.Stage;
import org.tf2trt.passes.trt.types.LostRanges;

/** The last word before an engine is built: reports everything that TensorRT does not take. */
public final class CheckTensorRt implements Pass {
  private final Target target;
  private final LostRanges lost;

  public CheckTensorRt(Target target) {
    this(target, new LostRanges());
  }

  /** Also reports what carrying f64 in f32 could not keep. */
  CheckTensorRt(Target target, LostRanges lost) {
    this.target = target;
    this.lost = lost;
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
    for (String node : lost.nodes()) {
      context
          .diagnostics()
          .add(
              Diagnostic.error(
                  Code.NOT_FOR_TENSORRT,
                  "'" + node + "'",
                  "it computes with f64 constants that f32, which TensorRT has instead, cannot hold",
                  "cut the graph before (--outputs) or behind (--inputs) it"));
    }
    for (Diagnostic d : Legality.of(graph, target)) {
      context.diagnostics().add(d);
    }
  }
}
