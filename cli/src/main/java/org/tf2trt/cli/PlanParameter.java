// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.cli.engine.LoadedPlan;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The engine that a command loads. */
final class PlanParameter {
  @Parameters(paramLabel = "PLAN", description = "An engine that tf2trt or trtexec built.")
  private Path plan;

  @Option(
      names = "--weights",
      paramLabel = "MODEL.onnx",
      description =
          "Put the weights of this model into an engine that was built with --refit or"
              + " --strip-weights.")
  private Path weights;

  Path path() {
    return plan;
  }

  /** To be closed; throws DiagnosticException with all that keeps it from running here. */
  LoadedPlan open() {
    return LoadedPlan.open(plan, Optional.ofNullable(weights));
  }
}
