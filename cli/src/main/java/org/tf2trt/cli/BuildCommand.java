// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.plan.PlanFiles;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.cli.engine.BuildBar;
import org.tf2trt.cli.engine.BuildJob;
import org.tf2trt.cli.engine.BuildOrigin;
import org.tf2trt.cli.engine.PinnedOnnx;
import org.tf2trt.cli.engine.PlanBuilder;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tf2trt build}. */
@Command(
    name = "build",
    description = {
      "Build a TensorRT engine from an ONNX model, with a sidecar OUT.plan.json that describes it.",
      "The types of the model are kept as they are: convert with --precision to choose them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt build my_model.onnx -o my_model.plan --batch 1..8..32",
      "  tf2trt build my_model.onnx -o my_model.plan --shape image=1x224x224x3 --opt-level 5",
      ""
    })
final class BuildCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "Any ONNX file.")
  private Path model;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.plan",
      description = "The engine to write.")
  private Path output;

  @Mixin private ShapeOption shape = new ShapeOption();

  @Mixin private BuildFlags flags = new BuildFlags();

  @Override
  @SuppressWarnings("try") // the bar goes before the result is printed
  public Integer call() {
    CommandLine command = spec.commandLine();
    PrintWriter err = command.getErr();
    Options.requirePlan(command, output);
    if (!model.toString().endsWith(".onnx")) {
      throw DiagnosticException.of(
          Code.WRONG_FILE_KIND,
          model.toString(),
          "build takes ONNX files",
          "for a TensorFlow model: tf2trt convert " + model + " -o " + output);
    }
    OutputFolders.check(output);
    BuildJob job = flags.job(command, output);
    Sidecar.Source source = new Sidecar.Source(model.toString(), PlanFiles.sha256(model));
    BuildOrigin origin = new BuildOrigin(source, "as given", List.of());
    try (PinnedOnnx onnx = PinnedOnnx.of(model, shape.shapes());
        PlanBuilder builder = PlanBuilder.open(TensorRt.open());
        BuildBar bar = new BuildBar(Progress.isTerminal() ? err : null)) {
      PlanBuilder.Outcome outcome = builder.build(onnx.file(), job, origin, bar);
      bar.close();
      outcome.warnings().forEach(err::println);
      err.flush();
      command.getOut().println(PlanText.of(output, outcome));
      command.getOut().flush();
    }
    return ExitCode.OK;
  }
}
