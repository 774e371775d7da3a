// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.tf2trt.cli.sweep.EngineSweep;
import org.tf2trt.cli.sweep.Sweep;
import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tf2trt sweep}. */
@Command(
    name = "sweep",
    description = {
      "Convert and check every model under a folder, in one process.",
      "Models are case .zip files, folders with a META.json, SavedModel folders and .pb files."
          + " Goldens that lie with them are compared. DIR/a/b gives OUTDIR/a/b.onnx."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt sweep models -o out",
      "  tf2trt sweep models -o out --only 'resnet|unet' --report result.json",
      "  tf2trt sweep models -o out --engine --precisions fp32,fp16 --samples 256 --opt-level 1",
      ""
    })
final class SweepCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of models.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUTDIR",
      description = "The folder to write to.")
  private Path output;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only models whose name below DIR matches somewhere.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--target",
      paramLabel = "onnx|trt|trt10.6|trt11",
      converter = TargetConverter.class,
      description =
          "Convert for this TensorRT. What its parser is not expected to take is written and checked"
              + " all the same, and listed with the reasons.")
  private Target target = Target.ONNX;

  @Mixin private LoweringCliOptions lowering = new LoweringCliOptions();

  @Mixin private EngineSweepOptions engines = new EngineSweepOptions();

  @Option(names = "--no-verify", description = "Only convert, do not compare goldens.")
  private boolean noVerify;

  @Option(
      names = "--tensorflow",
      description =
          "Also compare with TensorFlow: on made-up inputs, as tf2trt verify does, and on those of"
              + " the goldens.")
  private boolean tensorFlow;

  @Option(names = "--report", paramLabel = "F.json", description = "Write all results as JSON.")
  private Path report;

  @Override
  public Integer call() throws IOException {
    CommandLine command = spec.commandLine();
    boolean traces = Main.of(command).debug();
    if (engines.asked()) {
      return exitCode(
          engines.run(command, folder, output, only, report, lowering.options(), traces));
    }
    if (tensorFlow && target.isTensorRt()) {
      throw new CommandLine.ParameterException(
          command, "--tensorflow compares models of --target onnx");
    }
    Sweep sweep =
        new Sweep(
            folder,
            output,
            only,
            target,
            lowering.options(),
            !noVerify,
            tensorFlow,
            report,
            command.getOut(),
            command.getErr());
    return sweep.run(traces) ? ExitCode.OK : ExitCode.MODEL;
  }

  private static int exitCode(EngineSweep.End end) {
    return switch (end) {
      case ALL_PASSED -> ExitCode.OK;
      case SOME_FAILED -> ExitCode.MODEL;
      case GPU_LOST -> ExitCode.GPU_LOST;
    };
  }
}
