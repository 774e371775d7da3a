// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tf2trt.backend.onnx.check.OnnxChecker;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.verify.ReferenceVerify;
import org.tf2trt.cli.verify.VerifyOptions;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Tolerance.Elementwise;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.run.GeneratedInputs;
import org.tf2trt.verify.run.OrtRunner;
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
  private static final int OPEN_DIM = 2;

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
              + " where the two differ, the first TensorFlow node that does is named.")
  private Path onnx;

  @Option(
      names = "--weights",
      paramLabel = "MODEL.onnx",
      description = "For an engine without its weights: the model that has them.")
  private Path weights;

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
    if (Options.endsLikePlan(model.toString())) {
      return verifyPlan();
    }
    List<Diagnostic> invalid =
        OnnxChecker.check(model).stream().filter(d -> d.severity() == Severity.ERROR).toList();
    if (!invalid.isEmpty()) {
      throw new DiagnosticException(invalid);
    }
    List<Golden> goldens = goldens();
    Comparison optimised = compare(OrtRunner.Optimisation.ALL, goldens);
    Comparison comparison =
        data.seed == null ? compare(OrtRunner.Optimisation.NONE, goldens) : optimised;
    ObjectNode result = result(comparison, optimised);
    if (report != null) {
      JsonFiles.write(result, report);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.print(json ? JsonFiles.text(result) : comparison.table());
    out.flush();
    comparison.problems().forEach(p -> err.println("error[" + Code.ACCURACY.id() + "] " + p));
    if (comparison.passed() && !optimised.passed()) {
      err.println(
          "warning[%s] with ONNX Runtime's own optimisations on, the outputs are wrong: %s"
              .formatted(Code.ACCURACY.id(), optimised.problems().get(0)));
    }
    err.flush();
    if (!json && comparison.passed()) {
      out.println("equal within tolerance");
      out.flush();
    }
    return comparison.passed() ? ExitCode.OK : ExitCode.MODEL;
  }

  private int againstTensorFlow() {
    if (data != null && data.seed == null || bounds != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--golden, --rtol and --atol are for a model without its original; see --tolerance");
    }
    CommandLine command = spec.commandLine();
    long seed = data == null ? 0 : data.seed;
    ReferenceVerify verify =
        new ReferenceVerify(
            model,
            converted,
            selection.selection(),
            options,
            seed,
            Progress.isTerminal(),
            command.getOut(),
            command.getErr());
    return verify.run(json, report) ? ExitCode.OK : ExitCode.MODEL;
  }

  private int verifyPlan() {
    CommandLine command = spec.commandLine();
    if (data.seed != null && onnx == null) {
      throw new CommandLine.ParameterException(
          command, "--seed: an engine is compared with its model then, so give --onnx MODEL.onnx");
    }
    List<Golden> goldens = data.seed == null ? goldens() : List.of(generated(onnx));
    PlanVerification verification =
        new PlanVerification(Optional.ofNullable(onnx), goldens, expectation());
    PlanVerification.Result result;
    try (LoadedPlan plan = LoadedPlan.open(model, Optional.ofNullable(weights))) {
      result = verification.run(plan);
    }
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

  private Comparison compare(OrtRunner.Optimisation optimisation, List<Golden> goldens) {
    Comparison all = new Comparison(List.of());
    try (OrtRunner runner = OrtRunner.open(model, optimisation)) {
      for (Golden golden : goldens) {
        all = all.and(GoldenCheck.check(runner, golden, expectation()));
      }
    }
    return all;
  }

  private List<Golden> goldens() {
    if (data.seed != null) {
      return List.of(generated(model));
    }
    List<Golden> all = new ArrayList<>();
    for (Path file : data.goldens) {
      List<Golden> goldens = GoldenFile.of(file).read();
      if (goldens.get(0).outputs().isEmpty()) {
        throw DiagnosticException.of(
            Code.BAD_DATA,
            file.toString(),
            "it has no arrays out/NAME",
            "save what TensorFlow computes under these names");
      }
      all.addAll(goldens);
    }
    return all;
  }

  private Golden generated(Path reference) {
    try (OrtRunner runner = OrtRunner.open(reference)) {
      Map<String, TensorData> inputs = new GeneratedInputs(data.seed, OPEN_DIM).of(runner.inputs());
      return new Golden(inputs, runner.run(inputs));
    }
  }

  private Expectation expectation() {
    if (bounds == null) {
      return Expectation.STRICT;
    }
    Elementwise each = new Elementwise(bounds.rtol, bounds.atol, 0, Double.POSITIVE_INFINITY);
    return new Expectation(each, Map.of(), Set.of(), false);
  }

  private ObjectNode result(Comparison comparison, Comparison optimised) {
    ObjectNode root = JsonFiles.object();
    root.put("model", model.toString());
    root.put("passed", comparison.passed());
    root.put("error", comparison.error());
    root.put("error_with_runtime_optimisations", optimised.error());
    ArrayNode outputs = root.putArray("outputs");
    comparison.outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
    return root;
  }
}
