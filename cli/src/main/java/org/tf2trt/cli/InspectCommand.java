// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tf2trt.cli.inspect.Inquiry;
import org.tf2trt.cli.inspect.Inspection;
import org.tf2trt.cli.inspect.InspectionJson;
import org.tf2trt.cli.inspect.InspectionText;
import org.tf2trt.passes.infer.ShapeSpec;
import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tf2trt inspect}. */
@Command(
    name = "inspect",
    description =
        "Show what a model holds: signatures, inputs and outputs, ops with counts, variables, size,"
            + " and what is not supported, where.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt inspect my_saved_model",
      "  tf2trt inspect my_model.onnx --json",
      "  tf2trt inspect my_saved_model --target trt",
      ""
    })
final class InspectCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A TensorFlow model or an .onnx file.")
  private Path model;

  @Mixin private ExtensionOptions extensions = new ExtensionOptions();

  @Mixin private LoweringCliOptions lowering = new LoweringCliOptions();

  @Option(
      names = "--target",
      paramLabel = "trt|trt10.6|trt11",
      converter = TargetConverter.class,
      description =
          "Also say what TensorRT's parser takes of it and what not, and why. Needs no GPU.")
  private Target target = Target.ONNX;

  @Mixin private ShapeOption shape = new ShapeOption();

  @Mixin private ValueOption value = new ValueOption();

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    Inquiry inquiry =
        new Inquiry(
            shape.shapes().stream().map(ShapeSpec::parse).toList(),
            value.values(),
            target,
            extensions.extensions(),
            lowering.options());
    Inspection inspection = Inspection.of(model, inquiry);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? InspectionJson.of(inspection) : InspectionText.of(inspection));
    out.flush();
    return ExitCode.OK;
  }
}
