// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tf2trt.convert.BatchNames;
import org.tf2trt.convert.Extensions;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.quantized.QuantizationSteps;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.infer.MergeBatches;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.check.Verification;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.reference.TensorFlowRunner;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.statistics.OutputSummary;

/**
 * A converted model against TensorFlow on this machine, as {@code tf2trt verify} does it without
 * options, and on the inputs of goldens, whose outputs another TensorFlow computed.
 */
public final class SweepAgainstTensorFlow {
  private static final String MADE_UP = "on made-up inputs";

  private final Path model;
  private final Path onnx;
  private final Selection selection;

  /**
   * @param model the original
   * @param onnx what it became
   * @param selection the part that was converted
   */
  public SweepAgainstTensorFlow(Path model, Path onnx, Selection selection) {
    this.model = model;
    this.onnx = onnx;
    this.selection = selection;
  }

  /**
   * What came of it.
   *
   * @param data what was made up
   * @param error largest of an output on made-up inputs, over its largest magnitude
   * @param byLayer the same on made-up and golden inputs, when the converted model goes on with
   *     TensorFlow's values behind each quantisation; empty for a network that does not quantise
   * @param whole whether it passes without that
   * @param problems why made-up inputs or layers do not pass, one line for each output
   * @param converted the converted model against TensorFlow, on the inputs of the goldens
   * @param reference TensorFlow against the goldens' outputs
   */
  public record Result(
      String data,
      double error,
      OptionalDouble byLayer,
      boolean whole,
      List<String> problems,
      Comparison converted,
      Comparison reference) {
    public Result {
      problems = List.copyOf(problems);
    }

    public boolean passed() {
      return problems.isEmpty() && converted.passed() && reference.passed();
    }

    /** Why it does not pass, one line each. */
    public List<String> allProblems() {
      List<String> all = new ArrayList<>(problems);
      converted.problems().forEach(p -> all.add("on golden inputs, " + p));
      reference.problems().forEach(p -> all.add("TensorFlow and the golden differ: " + p));
      return all;
    }
  }

  /**
   * Runs it.
   *
   * @param goldens may be empty
   * @param expectation what the goldens' description allows
   * @param notice hears what has to be fetched first
   * @throws org.tf2trt.ir.diag.DiagnosticException when one of the two does not run
   */
  public Result run(List<Golden> goldens, Expectation expectation, Consumer<String> notice) {
    TfModel original = TfModel.open(model);
    Imported imported = TensorFlowFrontend.imported(original, selection, new Diagnostics());
    MergeBatches.apply(imported.graph(), BatchNames.of(original, selection, Extensions.NONE));
    VerifyOptions options = VerifyOptions.once();
    Tolerances tolerances =
        Tolerances.parse(options.tolerances).quantizedIn(QuantizationSteps.of(imported.graph()));
    try (Runtimes runtimes =
        Runtimes.open(onnx, PlanOrigin.UNKNOWN, tolerances, imported.state())) {
      ModelRunner converted = runtimes.candidates().get(0).runner();
      Comparison ours = Comparison.EMPTY;
      Comparison theirs = Comparison.EMPTY;
      // Two processes: variables that one call changes would show in the next.
      if (!goldens.isEmpty()) {
        try (TensorFlowRunner reference =
            TensorFlowRunner.open(original, selection, imported, notice)) {
          for (Golden golden : goldens) {
            Map<String, TensorData> computed = GoldenCheck.run(reference, golden);
            theirs = theirs.and(GoldenCheck.compare(computed, golden, expectation));
            Golden own = new Golden(golden.inputs(), computed, golden.continues());
            ours = ours.and(GoldenCheck.check(converted, own, expectation));
          }
        }
      }
      converted.reset();
      try (TensorFlowRunner reference =
              TensorFlowRunner.open(original, selection, imported, notice);
          Samples samples =
              new SampleSources(options, 0).open(reference, runtimes.inputs(), runtimes.onnx())) {
        Map<String, TensorData> feeds = samples.next().orElseThrow();
        runtimes.addLayerwise(
            onnx, reference, imported, tolerances, () -> Optional.of(feeds), notice);
        Verification run = new Verification(reference, runtimes.candidates());
        run.call(feeds);
        Map<String, List<OutputSummary>> made = run.state("").candidates();
        List<OutputSummary> whole = made.get(Runtimes.PLAIN);
        List<String> problems = problems(MADE_UP, whole);
        List<Candidate> layerwise =
            runtimes.candidates().stream()
                .filter(c -> c.name().equals(Runtimes.LAYERWISE))
                .toList();
        if (layerwise.isEmpty()) {
          return new Result(
              samples.description(),
              VerificationTable.required(whole),
              OptionalDouble.empty(),
              problems.isEmpty(),
              problems,
              ours,
              theirs);
        }
        Verification again = new Verification(reference, layerwise);
        goldens.forEach(g -> again.call(GoldenCheck.feeds(reference, g)));
        List<OutputSummary> onGoldens = again.state("").candidates().get(Runtimes.LAYERWISE);
        List<OutputSummary> layers = made.get(Runtimes.LAYERWISE);
        List<String> byLayer = problems("layer by layer, on golden inputs", onGoldens);
        byLayer.addAll(problems.isEmpty() ? problems : problems(MADE_UP, layers));
        Set<String> names = runtimes.layers().keySet();
        return new Result(
            samples.description(),
            VerificationTable.required(whole),
            OptionalDouble.of(Math.max(outputs(layers, names), outputs(onGoldens, names))),
            problems.isEmpty(),
            byLayer,
            ours,
            theirs);
      }
    }
  }

  /** The error of what is an output. */
  private static double outputs(List<OutputSummary> compared, Set<String> layers) {
    return VerificationTable.required(
        compared.stream().filter(o -> !layers.contains(o.name())).toList());
  }

  private static List<String> problems(String where, List<OutputSummary> outputs) {
    return outputs.stream()
        .filter(o -> !o.passed())
        .map(o -> where + ", output '" + o.name() + "': " + o.failures().get(0))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
