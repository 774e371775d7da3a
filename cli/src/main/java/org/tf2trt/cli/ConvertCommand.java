// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.ExternalData;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.cli.json.ConversionJson;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.verify.PlanOrigin;
import org.tf2trt.cli.verify.VerifyAgainstTensorFlow;
import org.tf2trt.cli.verify.VerifyOptions;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.IoLayout;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tf2trt convert}. */
@Command(
    name = "convert",
    description = "Convert a TensorFlow model to ONNX, or to a TensorRT engine.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt convert my_saved_model -o my_model.onnx",
      "  tf2trt convert my_saved_model -o my_model.onnx --verify",
      "  tf2trt convert frozen.pb -o out.onnx --outputs Softmax --shape input=1x224x224x3",
      "  tf2trt convert my_saved_model -o out.onnx --signature embed --io-layout nchw",
      "  tf2trt convert my_saved_model -o my_model.plan --batch 1..8..32",
      ""
    })
final class ConvertCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description =
          "SavedModel folder, frozen graph (.pb, .pbtxt), or MetaGraph with checkpoint (.meta).")
  private Path model;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.onnx|OUT.plan",
      description =
          "The file to write; .plan builds a TensorRT engine on this machine's GPU, and"
              + " OUT.plan.json that describes it.")
  private Path output;

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private ShapeOption shape = new ShapeOption();

  @Option(
      names = "--io-layout",
      paramLabel = "keep|nchw",
      description = "Layout of inputs and outputs of images; default: keep TensorFlow's.")
  private IoLayout ioLayout = IoLayout.KEEP;

  @Option(
      names = "--unroll",
      paramLabel = "N",
      description =
          "Write out loops of up to N known iterations, where they stay small; 'off' for none;"
              + " default: 8.")
  private String unroll;

  @Option(names = "--opset", paramLabel = "N", description = "ONNX opset, 15 to 23; default: 17.")
  private int opset = EmitOptions.DEFAULT.opset();

  @Option(
      names = "--target",
      paramLabel = "onnx|trt|trt10.6|trt11",
      converter = TargetConverter.class,
      description =
          "Write what this TensorRT's parser takes, or report what it does not; trt: all of them."
              + " Default: onnx, without such limits.")
  private Target target = Target.ONNX;

  @Option(
      names = "--external-data",
      paramLabel = "auto|always|never",
      description = "Put weights into OUT.onnx.data; auto: when they exceed 2 GB.")
  private ExternalData externalData = ExternalData.AUTO;

  @Mixin private PrecisionCliOptions precision = new PrecisionCliOptions();

  @Mixin private ExtensionOptions extensions = new ExtensionOptions();

  @Mixin private LoweringCliOptions lowering = new LoweringCliOptions();

  @Mixin private PassOptions passes = new PassOptions();

  @Mixin private PlanOutput plan = new PlanOutput();

  @Option(
      names = "--verify",
      description =
          "Then compare the result with TensorFlow on made-up inputs; tf2trt verify has more"
              + " options.")
  private boolean verify;

  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description = "With --verify: write the page of tf2trt verify --html, too.")
  private Path html;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write what was read, done and written as JSON.")
  private Path report;

  @Option(
      names = "--initial-state",
      paramLabel = "FILE.npz",
      description =
          "With --variables io: write what to feed to the inputs of the state in the first call.")
  private Path initialState;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    PrintWriter err = command.getErr();
    boolean engine = Options.isPlan(command, output);
    Options.requireOpset(command, opset);
    for (Path file : new Path[] {report, initialState}) {
      if (file != null) {
        OutputFolders.check(file);
      }
    }
    if (html != null && !verify) {
      throw new CommandLine.ParameterException(command, "--html: give --verify, too");
    }
    PrecisionRequest asked = precision.request();
    PlanOutput.Built built = null;
    Conversion done;
    if (engine) {
      plan.prepare(command, output);
      built =
          plan.build(
              command,
              model.toString(),
              asked.precision().toString(),
              (onnx, choice) ->
                  convert(
                      onnx,
                      target.isTensorRt() ? target : plan.target(),
                      asked.exclude(choice.wide()).withShare(choice.share())));
      done = built.conversion();
    } else {
      done = convert(output, target, asked);
    }
    done.warnings().forEach(err::println);
    passes.report(done, err);
    if (report != null) {
      JsonFiles.write(ConversionJson.of(done), report);
    }
    if (initialState != null) {
      InitialState.write(done.state(), initialState);
    }
    print(done, command.getOut());
    done.precision().ifPresent(p -> PrecisionText.print(p, command.getOut()));
    if (built != null) {
      built.warnings().forEach(err::println);
      err.flush();
      command.getOut().println(PlanText.of(output, built.outcome()));
      command.getOut().flush();
    }
    return verify ? compare(command, done) : ExitCode.OK;
  }

  private int compare(CommandLine command, Conversion done) {
    PlanOrigin origin = new PlanOrigin(plan.kept(), Optional.empty(), PlanRuntime.TENSORRT);
    VerifyAgainstTensorFlow against =
        new VerifyAgainstTensorFlow(
            model,
            output,
            selection.selection(),
            VerifyOptions.behind(ConversionJson.of(done), html).with(origin),
            0,
            Progress.isTerminal(),
            command.getOut(),
            command.getErr());
    return against.run(false, null) ? ExitCode.OK : ExitCode.MODEL;
  }

  private Conversion convert(Path onnx, Target wanted, PrecisionRequest asked) {
    CommandLine command = spec.commandLine();
    PrintWriter err = command.getErr();
    try (Progress progress = Progress.on(err)) {
      List<Pass> pipeline = Converter.pipeline(ioLayout, wanted, extensions.extensions());
      List<PassRunner.Observer> observers = new ArrayList<>(passes.observers(err, pipeline));
      observers.add(progress);
      return Converter.convert(
          ConvertRequest.of(model, onnx)
              .edit()
              .selection(selection.selection())
              .shapes(shape.shapes())
              .ioLayout(ioLayout)
              .opset(opset)
              .externalData(externalData)
              .passes(passes.passes())
              .observers(observers)
              .explain(passes.explain(command, pipeline))
              .target(wanted)
              .precision(asked)
              .extensions(extensions.extensions())
              .unroll(Options.unroll(command, unroll))
              .lowering(lowering.options())
              .build());
    }
  }

  private void print(Conversion done, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d nodes (TensorFlow: %d), %d transposes inside, %.1f MB, %.2f s%n",
        done.written().model(),
        done.after().nodes(),
        done.before().nodes(),
        done.after().transposesInside(),
        done.written().bytes() / 1e6,
        done.seconds());
    out.flush();
  }
}
