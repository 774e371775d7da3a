// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.verify.GoldenData;
import org.tf2trt.cli.verify.PlanOrigin;
import org.tf2trt.cli.verify.VerifyAgainstGoldens;
import org.tf2trt.cli.verify.VerifyAgainstTensorFlow;
import org.tf2trt.cli.verify.VerifyOptions;
import org.tf2trt.verify.compare.Tolerance.Elementwise;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tf2trt verify}. */
@Command(
    name = "verify",
    description = {
      "Run a converted model or a TensorRT engine and compare its outputs with reference outputs:"
          + " those of TensorFlow on the original model, or arrays.",
      "The largest error of an output may be 1e-4 of its largest magnitude for float32, 1e-2 for"
          + " float16, 4e-2 for bfloat16; integers have to be equal. An engine that computes in low"
          + " precision may be off by 1e-2."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt verify my_saved_model my_model.onnx",
      "  tf2trt verify my_saved_model my_model.onnx --samples 10000 --state run.json",
      "  tf2trt verify my_saved_model my_model.onnx --data photos/ --html report.html",
      "  tf2trt verify my_saved_model my_model.plan --onnx my_model.onnx",
      "  tf2trt verify my_model.onnx --golden io.npz",
      "  tf2trt verify my_model.onnx --golden io.npz --rtol 1e-3 --atol 1e-5",
      "  tf2trt verify my_model.onnx --seed 1",
      "  tf2trt verify my_model.plan --golden io.npz",
      "  tf2trt verify my_model.plan --golden io.npz --onnx my_model.onnx",
      "",
      "Make io.npz in Python:",
      "  numpy.savez('io.npz', **{'in/image': x, 'out/scores': y})",
      ""
    })
final class VerifyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The original model; with --golden or --seed alone, the model or engine (.plan) to run.")
  private Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT.onnx|OUT.plan",
      description = "What the original was converted to.")
  private Path converted;

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private VerifyOptions options = new VerifyOptions();

  @ArgGroup private Data data;

  /** What to feed. */
  static final class Data {
    @Option(
        names = "--golden",
        required = true,
        paramLabel = "IO.npz",
        description = "Arrays in/NAME to feed and out/NAME to expect. Repeatable.")
    private List<Path> goldens = List.of();

    @Option(
        names = "--seed",
        required = true,
        paramLabel = "N",
        description =
            "Make inputs up from a seed. Without an original model, compare ONNX Runtime's"
                + " optimised run with its plain one; open dims are 2.")
    private Long seed;
  }

  @ArgGroup(exclusive = false)
  private Bounds bounds;

  @Option(
      names = "--onnx",
      paramLabel = "MODEL.onnx",
      description =
          "For an engine: the model it was built from. ONNX Runtime runs it on the same inputs;"
              + " where the engine differs, the first TensorFlow node that does is named.")
  private Path onnx;

  @Option(
      names = "--weights",
      paramLabel = "MODEL.onnx",
      description = "For an engine without its weights: the model that has them.")
  private Path weights;

  @Option(
      names = "--initial-state",
      paramLabel = "STATE.npz",
      description =
          "For a model converted with --variables io: what the first call takes as state, as"
              + " 'convert --initial-state' writes it; each --golden then goes on with what the one"
              + " before left.")
  private Path initialState;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(names = "--report", paramLabel = "F.json", description = "Also write the JSON to a file.")
  private Path report;

  /** NumPy's way to compare, on request. */
  static final class Bounds {
    @Option(
        names = "--rtol",
        required = true,
        description = "Accept an output also if each |a-b| <= ATOL + RTOL*|b|.")
    private double rtol;

    @Option(names = "--atol", description = "See --rtol; default: 0.")
    private double atol;
  }

  @Override
  public Integer call() {
    if (converted != null) {
      return againstTensorFlow();
    }
    if (data == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "name the converted model behind the original one, or give --golden or --seed");
    }
    CommandLine command = spec.commandLine();
    List<String> others = options.forOriginal();
    if (!others.isEmpty()) {
      throw new CommandLine.ParameterException(
          command, others.get(0) + ": name the original model, too: verify MODEL OUT");
    }
    if (Options.endsLikePlan(model.toString())) {
      return verifyPlan();
    }
    OptionalLong seed = data.seed == null ? OptionalLong.empty() : OptionalLong.of(data.seed);
    boolean passed =
        new VerifyAgainstGoldens(
                model,
                Optional.ofNullable(initialState),
                expectation(),
                command.getOut(),
                command.getErr())
            .run(data.goldens, seed, json, report);
    return passed ? ExitCode.OK : ExitCode.MODEL;
  }

  private int againstTensorFlow() {
    if (data != null && data.seed == null || bounds != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--golden, --rtol and --atol are for a model without its original; see --tolerance");
    }
    if (initialState != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--initial-state is for --golden: the original model has its own");
    }
    CommandLine command = spec.commandLine();
    long seed = data == null ? 0 : data.seed;
    VerifyAgainstTensorFlow verify =
        new VerifyAgainstTensorFlow(
            model,
            converted,
            selection.selection(),
            options.with(origin()),
            seed,
            Progress.isTerminal(),
            command.getOut(),
            command.getErr());
    return verify.run(json, report) ? ExitCode.OK : ExitCode.MODEL;
  }

  private PlanOrigin origin() {
    boolean engine = Options.endsLikePlan(converted.toString());
    if (!engine && (onnx != null || weights != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--onnx and --weights are for an engine");
    }
    return new PlanOrigin(
        Optional.ofNullable(onnx), Optional.ofNullable(weights), PlanRuntime.TENSORRT);
  }

  private int verifyPlan() {
    CommandLine command = spec.commandLine();
    if (data.seed != null && onnx == null) {
      throw new CommandLine.ParameterException(
          command, "--seed: an engine is compared with its model then, so give --onnx MODEL.onnx");
    }
    List<Golden> goldens =
        data.seed == null
            ? GoldenData.read(data.goldens)
            : List.of(GoldenData.generated(onnx, data.seed));
    expectation().requireOutputs(goldens);
    PlanOrigin origin =
        new PlanOrigin(
            Optional.ofNullable(onnx), Optional.ofNullable(weights), PlanRuntime.TENSORRT);
    VerifyPlanAgainstGoldens.Result result =
        new VerifyPlanAgainstGoldens(
                origin, goldens, Optional.ofNullable(initialState), expectation())
            .run(model);
    ObjectNode root = result.json(model);
    if (report != null) {
      JsonFiles.write(root, report);
    }
    PrintWriter out = command.getOut();
    out.print(json ? JsonFiles.text(root) : result.text());
    out.flush();
    result.problems().forEach(command.getErr()::println);
    command.getErr().flush();
    return result.passed() ? ExitCode.OK : ExitCode.MODEL;
  }

  private Expectation expectation() {
    Expectation table = Expectation.STRICT;
    if (bounds != null) {
      Elementwise each = new Elementwise(bounds.rtol, bounds.atol, 0, Double.POSITIVE_INFINITY);
      table = new Expectation(each, Map.of(), Set.of(), false);
    }
    return table.withAsked(options.tolerances());
  }
}
