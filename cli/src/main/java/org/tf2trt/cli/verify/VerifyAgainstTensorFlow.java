// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.convert.BatchNames;
import org.tf2trt.convert.Extensions;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.frontend.quantized.QuantizationSteps;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.infer.MergeBatches;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.check.Verification;
import org.tf2trt.verify.check.VerificationState;
import org.tf2trt.verify.compare.Numbers;
import org.tf2trt.verify.reference.TensorFlowRunner;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.statistics.OutputSummary;

/** Compares a converted model with the original in TensorFlow. */
public final class VerifyAgainstTensorFlow {
  private final Path model;
  private final Path converted;
  private final Selection selection;
  private final VerifyOptions options;
  private final long seed;
  private final boolean terminal;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param model the original
   * @param converted an ONNX file or an engine made of it
   * @param selection the part that was converted
   * @param seed of made-up inputs
   * @param terminal whether a person watches {@code err}
   */
  public VerifyAgainstTensorFlow(
      Path model,
      Path converted,
      Selection selection,
      VerifyOptions options,
      long seed,
      boolean terminal,
      PrintWriter out,
      PrintWriter err) {
    this.model = model;
    this.converted = converted;
    this.selection = selection;
    this.options = options;
    this.seed = seed;
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it and prints the result.
   *
   * @param json whether JSON is printed instead of a table
   * @param report a file for the JSON; null for none
   * @return whether the outputs are within tolerance
   */
  public boolean run(boolean json, Path report) {
    for (Path file : new Path[] {report, options.html, options.state}) {
      if (file != null) {
        OutputFolders.check(file);
      }
    }
    TfModel original = TfModel.open(model);
    Selection part = part();
    Imported imported = TensorFlowFrontend.imported(original, part, new Diagnostics());
    MergeBatches.apply(imported.graph(), BatchNames.of(original, part, Extensions.NONE));
    ReportExtras extras = new ReportExtras(options, original);
    Map<String, QuantizationStep> steps = QuantizationSteps.of(imported.graph());
    Tolerances tolerances = Tolerances.parse(options.tolerances).quantizedIn(steps);
    try (Runtimes runtimes =
            Runtimes.open(converted, options.origin, tolerances, imported.state());
        TensorFlowRunner reference = TensorFlowRunner.open(original, part, imported, this::notice);
        Samples samples =
            new SampleSources(options, seed).open(reference, runtimes.inputs(), runtimes.onnx())) {
      runtimes.addLayerwise(
          converted,
          reference,
          imported,
          tolerances,
          () -> first(reference, runtimes),
          this::notice);
      List<Candidate> candidates = runtimes.candidates();
      Verification run = new Verification(reference, candidates);
      Outcome outcome = compare(run, candidates, samples, original, steps, runtimes.layers());
      ObjectNode result = VerificationJson.of(outcome);
      // TensorFlow's variables have moved on: what they were inside the failing call is gone.
      Optional<Finding> divergence =
          imported.state().isEmpty() && options.merge.isEmpty()
              ? new LookInside(converted, options, runtimes, tolerances, this::notice)
                  .find(run, outcome, reference, samples)
              : Optional.empty();
      divergence.ifPresent(d -> d.put(result));
      extras.put(result, imported.graph(), runtimes.onnx());
      if (report != null) {
        JsonFiles.write(result, report);
      }
      if (options.html != null) {
        HtmlReport.write(result, outcome, options.html);
      }
      if (json) {
        out.print(JsonFiles.text(result));
        out.flush();
      } else {
        print(outcome);
      }
      complain(outcome);
      if (!json && !outcome.passed()) {
        divergence.ifPresent(d -> d.print(out));
      }
      return outcome.passed();
    }
  }

  /** A converted model says which inputs of the original are constants in it. */
  private Selection part() {
    Optional<Path> onnx =
        converted.toString().endsWith(".onnx") ? Optional.of(converted) : options.origin.onnx();
    return selection.values().isEmpty() && onnx.isPresent()
        ? selection.with(ModelNotes.of(onnx.get()).fixed())
        : selection;
  }

  private Optional<Map<String, TensorData>> first(TensorFlowRunner reference, Runtimes runtimes) {
    try (Samples samples =
        new SampleSources(options, seed).open(reference, runtimes.inputs(), runtimes.onnx())) {
      return samples.next();
    }
  }

  private Outcome compare(
      Verification run,
      List<Candidate> candidates,
      Samples samples,
      TfModel original,
      Map<String, QuantizationStep> steps,
      Map<String, Double> layers) {
    long start = System.nanoTime();
    long calls = limit(samples);
    List<String> parts = new ArrayList<>(List.of(original.sha256(), Fingerprint.of(converted)));
    options.origin.onnx().ifPresent(o -> parts.add(Fingerprint.of(o)));
    parts.add(samples.description());
    String whole = String.join("; ", parts);
    Part part = part(calls);
    long first = part.first(calls);
    if (options.merge.isEmpty()) {
      long limit = part.equals(Part.WHOLE) ? calls : part.calls(calls);
      run(run, samples, first, limit, part.fingerprint(whole));
    } else {
      run.resume(Part.merged(options.merge, whole, calls));
      samples.skip(calls);
    }
    VerificationState state = run.state(part.fingerprint(whole));
    Set<String> judged = new LinkedHashSet<>();
    candidates.stream().filter(Candidate::judged).forEach(c -> judged.add(c.name()));
    return new Outcome(
        model.toString(),
        converted.toString(),
        samples.description(),
        state,
        judged,
        samples.given() - first * samples.perCall(),
        (System.nanoTime() - start) / 1e9,
        environment(),
        steps,
        layers);
  }

  private void run(Verification run, Samples samples, long first, long calls, String fingerprint) {
    StateFile file = options.state == null ? null : new StateFile(options.state, fingerprint);
    if (file != null) {
      file.read().ifPresent(run::resume);
    }
    long all = calls == Long.MAX_VALUE ? calls : calls * samples.perCall();
    try (ProgressBar bar =
        new ProgressBar(terminal ? err : null, all, run.calls() * samples.perCall())) {
      run.from(first)
          .run(
              samples,
              calls,
              r -> {
                bar.show(r.calls() * samples.perCall());
                if (file != null) {
                  file.update(r.state(fingerprint));
                }
                return true;
              });
    }
    if (file != null) {
      file.write(run.state(fingerprint));
    }
  }

  /** Parts of nobody knows how many samples cannot be told. */
  private Part part(long calls) {
    if (options.part == null && options.merge.isEmpty()) {
      return Part.WHOLE;
    }
    if (calls == Long.MAX_VALUE) {
      throw DiagnosticException.of(
          Code.BAD_DATA,
          options.part == null ? "--merge" : "--part " + options.part,
          "how many samples there are in all is not known",
          "say it with --samples");
    }
    return options.part == null ? Part.WHOLE : Part.parse(options.part);
  }

  /** Data of one's own is read to its end, unless a number is asked for. */
  private long limit(Samples samples) {
    if (options.samples == 0) {
      return options.data == null ? 1 : Long.MAX_VALUE;
    }
    return (options.samples + samples.perCall() - 1) / samples.perCall();
  }

  private static Map<String, String> environment() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.version"));
    facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("reference", "TensorFlow on the CPU, oneDNN and graph optimisers off");
    return facts;
  }

  private void notice(String text) {
    err.println(text);
    err.flush();
  }

  private void print(Outcome outcome) {
    outcome
        .state()
        .candidates()
        .forEach(
            (name, outputs) -> {
              if (outcome.judged().contains(name)
                  || outcome.layers().isEmpty() && outputs.stream().anyMatch(o -> !o.passed())) {
                print(outcome, name, outputs);
              }
            });
    out.printf(
        java.util.Locale.ROOT,
        "%d samples in %d calls, %.1f s%n",
        outcome.samples(),
        outcome.state().calls(),
        outcome.seconds());
    if (outcome.passedByLayer()) {
      out.println(
          "judged layer by layer: in a network that quantises, a value at the edge of two steps may"
              + " change all that is computed from it");
    }
    if (outcome.passed()) {
      out.println("equal within tolerance");
    }
    out.flush();
  }

  private void print(Outcome outcome, String name, List<OutputSummary> compared) {
    Map<Boolean, List<OutputSummary>> byKind =
        compared.stream()
            .collect(Collectors.partitioningBy(o -> outcome.layers().containsKey(o.name())));
    List<OutputSummary> layers = byKind.get(true);
    List<OutputSummary> shown = new ArrayList<>(byKind.get(false));
    layers.stream().filter(o -> !o.passed()).forEach(shown::add);
    out.println(name + " against TensorFlow:");
    out.print(VerificationTable.of(shown));
    out.printf(
        "  tightest tolerance that passes: %s%n",
        Numbers.text(VerificationTable.required(byKind.get(false))));
    out.print(
        layers.isEmpty()
            ? VerificationTable.steps(compared, outcome.steps())
            : VerificationTable.layers(layers, outcome.layers()));
  }

  private void complain(Outcome outcome) {
    outcome.failed().forEach(p -> err.println("error[" + Code.ACCURACY.id() + "] " + p));
    List<OutputSummary> optimised =
        outcome.state().candidates().getOrDefault(Runtimes.OPTIMISED, List.of());
    if (outcome.passed()
        && outcome.layers().isEmpty()
        && optimised.stream().anyMatch(o -> !o.passed())) {
      err.println(
          "warning["
              + Code.ACCURACY.id()
              + "] with ONNX Runtime's own optimisations on, the outputs are wrong");
    }
    err.flush();
  }
}
