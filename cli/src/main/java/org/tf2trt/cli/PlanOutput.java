// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.cli.engine.BuildBar;
import org.tf2trt.cli.engine.BuildJob;
import org.tf2trt.cli.engine.BuildOrigin;
import org.tf2trt.cli.engine.BuildRetry;
import org.tf2trt.cli.engine.EngineAccuracy;
import org.tf2trt.cli.engine.PlanBuilder;
import org.tf2trt.cli.engine.TemporaryFolder;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The part of {@code convert} that makes an engine of the converted model. */
final class PlanOutput {
  @Mixin private BuildFlags flags = new BuildFlags();

  @Option(
      names = "--keep-onnx",
      paramLabel = "FILE.onnx",
      description = "With -o OUT.plan: also keep the model that the engine is built from.")
  private Path keep;

  private BuildJob job;
  private TensorRt tensorRt;

  /** A conversion and the engine of it. */
  record Built(Conversion conversion, PlanBuilder.Outcome outcome, List<Diagnostic> warnings) {}

  /**
   * Finds out before the work whether options and machine allow it: throws a usage error, {@code
   * BAD_PROFILE}, or what is missing of TensorRT.
   */
  void prepare(CommandLine command, Path plan) {
    if (keep != null) {
      Options.requireOnnx(command, "--keep-onnx", keep);
      OutputFolders.check(keep);
    }
    OutputFolders.check(plan);
    job = flags.job(command, plan);
    tensorRt = TensorRt.open();
  }

  /** The model that the engine was built from, where it stays. */
  Optional<Path> kept() {
    return Optional.ofNullable(keep);
  }

  /** What the library that is loaded here takes. */
  Target target() {
    return tensorRt.version().major() == 10 ? Target.TRT10 : Target.TRT11;
  }

  /**
   * Converts and builds; again with more nodes in fp32 where TensorRT has no kernel for them, or
   * where the engine is less exact in low precision than asked for.
   *
   * @param precision as asked for
   * @param convert writes a model to the given file, as {@code BuildRetry} chooses
   */
  Built build(
      CommandLine command,
      String model,
      String precision,
      BiFunction<Path, BuildRetry.Choice, Conversion> convert) {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Path onnx = Optional.ofNullable(keep).orElse(folder.path().resolve("model.onnx"));
      // The first conversion comes before the builder, which takes seconds to come up.
      Conversion first = convert.apply(onnx, BuildRetry.Choice.FIRST);
      try (PlanBuilder builder = PlanBuilder.open(tensorRt);
          BuildBar bar = new BuildBar(Progress.isTerminal() ? command.getErr() : null)) {
        EngineAccuracy accuracy = new EngineAccuracy(job.plan(), onnx);
        BuildRetry.Result<Built> result =
            BuildRetry.run(
                choice -> {
                  Conversion done =
                      choice.equals(BuildRetry.Choice.FIRST) ? first : convert.apply(onnx, choice);
                  BuildOrigin origin =
                      new BuildOrigin(
                          new Sidecar.Source(model, done.sourceHash()), precision, done.warnings());
                  return new Built(done, builder.build(onnx, job, origin, bar), List.of());
                },
                built -> accuracy.problem(built.conversion()));
        List<Diagnostic> warnings = new ArrayList<>(result.warnings());
        warnings.addAll(result.result().outcome().warnings());
        accuracy.note().ifPresent(warnings::add);
        return new Built(result.result().conversion(), result.result().outcome(), warnings);
      }
    }
  }
}
