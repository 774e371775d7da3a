// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tf2trt.cli.bench.BenchInputs;
import org.tf2trt.cli.bench.BenchOptions;
import org.tf2trt.cli.bench.BenchReport;
import org.tf2trt.cli.bench.BenchResult;
import org.tf2trt.cli.bench.EngineBench;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tf2trt bench}. */
@Command(
    name = "bench",
    description = {
      "Measure a TensorRT engine: latency by events of the GPU, throughput, copies, memory.",
      "It runs until times have settled, then measures, and warns when times drifted meanwhile."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt bench my_model.plan",
      "  tf2trt bench my_model.plan --batch 32 --include-copies --json",
      "  tf2trt bench my_model.plan --streams 2 --iterations 5000",
      ""
    })
final class BenchCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private PlanParameter plan = new PlanParameter();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "First extent of inputs where it is open; default: what the engine is tuned for.")
  private Long batch;

  @Option(
      names = "--inputs",
      paramLabel = "IO.npz",
      description = "Arrays in/NAME to run on; default: made up.")
  private Path inputs;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Runs that are measured; default: as many as take two seconds.")
  private Integer iterations;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Contexts that run at the same time, each on a thread; default: 1.")
  private int streams = 1;

  @Option(names = "--no-graph", description = "Launch every kernel instead of a CUDA graph.")
  private boolean noGraph;

  @Option(
      names = "--include-copies",
      description = "Measure runs together with the copies of inputs and outputs, too.")
  private boolean copies;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    BenchOptions options = options(command);
    try (LoadedPlan loaded = plan.open()) {
      BenchInputs feeds =
          new BenchInputs(
              loaded.engine(), batch, Optional.ofNullable(inputs).map(RunCommand::read));
      BenchResult result =
          new EngineBench(loaded, feeds, options).run(plan.path().toFile().length());
      BenchReport report = new BenchReport(loaded, feeds, result);
      PrintWriter out = command.getOut();
      out.print(json ? JsonFiles.text(report.json()) : report.text());
      out.flush();
      if (!result.stability().isStable()) {
        command.getErr().println(unstable(result));
        command.getErr().flush();
      }
    }
    return ExitCode.OK;
  }

  private BenchOptions options(CommandLine command) {
    try {
      return new BenchOptions(
          iterations == null ? OptionalInt.empty() : OptionalInt.of(iterations),
          streams,
          !noGraph,
          copies);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          command, "--iterations, --streams: " + e.getMessage(), e);
    }
  }

  private Diagnostic unstable(BenchResult result) {
    return Diagnostic.warning(
        Code.UNSTABLE_TIMES,
        plan.path().toString(),
        result.stability().text(),
        "stop other work on the GPU, or ask for more --iterations");
  }
}
