// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.cli.engine.BuildRetry;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.GoldenProfile;
import org.tf2trt.cli.sweep.SweepResult.Status;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.EngineTypes;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.GeneratedInputs;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.StatefulRunner;

/**
 * Converts one model in each precision, runs it in ONNX Runtime, builds its engine, runs that on
 * the same inputs and compares both with the reference and with each other. Nothing that a model or
 * a native library throws stops the rest.
 */
final class EngineRunner {
  private static final double LOW_PRECISION = 1e-2;
  private static final double TOP_ONE = 0.99;
  private static final int OPEN_DIM = 2;

  /** How many sounds are made up to measure low precision on. */
  private static final int SOUNDS = 8;

  private final Path outputs;
  private final Engines engines;
  private final EngineConversions conversions;
  private final int samples;
  private final PrintWriter traces;

  /**
   * @param outputs where the models go
   * @param engines builds engines
   * @param conversions writes models
   * @param samples how many inputs to make up for classifiers; 0 for none
   * @param traces gets stack traces of internal errors; null for none
   */
  EngineRunner(
      Path outputs,
      Engines engines,
      EngineConversions conversions,
      int samples,
      PrintWriter traces) {
    this.outputs = outputs;
    this.engines = engines;
    this.conversions = conversions;
    this.samples = samples;
    this.traces = traces;
  }

  /** Where the emitted model of an item goes. */
  static Path onnx(Path outputs, SweepItem item, String precision) {
    return outputs.resolve(item.name() + "." + precision + ".onnx");
  }

  EngineResult run(SweepItem item, String precision, KnownClasses classes) {
    long start = System.nanoTime();
    Attempt attempt = new Attempt(item, precision, classes);
    Status status;
    try {
      status = attempt.run();
    } catch (DiagnosticException e) {
      status = attempt.refused(e.diagnostics());
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      attempt.messages.add(0, "internal error: " + e);
      if (traces != null) {
        e.printStackTrace(traces);
      }
      status = Status.FAIL;
    }
    return attempt.result(status, (System.nanoTime() - start) / 1e9);
  }

  private final class Attempt {
    private final SweepItem item;
    private final String precision;
    private final KnownClasses classes;
    private Expectation expectation;
    private final List<String> messages = new ArrayList<>();
    private boolean converted;
    private List<Golden> calls = List.of();
    private Optional<Narrowing> narrowed = Optional.empty();
    private Comparison simulated;
    private Comparison onnx;
    private Comparison engine;
    private Comparison against;
    private TopOne topOne;
    private double buildSeconds;
    private long planBytes;

    Attempt(SweepItem item, String precision, KnownClasses classes) {
      this.item = item;
      this.precision = precision;
      this.classes = classes;
      this.expectation =
          precision.equals("fp32")
              ? item.expectation()
              : item.expectation().withFloor(LOW_PRECISION);
    }

    Status run() {
      boolean low = !precision.equals("fp32");
      BuildRetry.Result<List<String>> last =
          BuildRetry.run(
              this::problems,
              found ->
                  low && !item.refuse() ? found.stream().findFirst() : Optional.<String>empty());
      last.warnings().forEach(w -> messages.add(w.text()));
      messages.addAll(0, last.result());
      return last.result().isEmpty() ? Status.OK : Status.FAIL;
    }

    /** Converts, builds, runs; what was found out before is forgotten. */
    private List<String> problems(BuildRetry.Choice choice) {
      onnx = null;
      engine = null;
      against = null;
      topOne = null;
      messages.clear();
      Path file = onnx(outputs, item, precision);
      calls = item.goldens().get();
      int all = calls.size();
      EngineConversions.Converted done = convert(precision, choice, file);
      narrowed.ifPresent(n -> messages.add(n.note(all)));
      messages.addAll(done.warnings());
      simulated = done.simulated();
      expectation = expectation.withSteps(done.steps());
      converted = true;
      if (item.refuse()) {
        return List.of("it was converted, but has to be refused");
      }
      List<Golden> goldens = calls;
      List<Golden> results = new ArrayList<>();
      Map<String, ShapeRange> profile;
      try (ModelRunner ort = StatefulRunner.of(OrtRunner.open(runnable(file)), done.state())) {
        if (goldens.isEmpty()) {
          goldens = List.of(madeUp(ort));
        }
        goldens =
            goldens.stream().map(g -> EngineTypes.fit(g, ort.inputs(), ort.outputs())).toList();
        for (Golden golden : goldens) {
          Map<String, TensorData> given = GoldenCheck.run(ort, golden);
          results.add(new Golden(golden.inputs(), given, golden.continues()));
          onnx = and(onnx, GoldenCheck.compare(given, golden, expectation));
        }
        profile =
            GoldenProfile.of(
                ort.inputs(), goldens.stream().map(g -> GoldenCheck.feeds(ort, g)).toList());
      }
      try (Engines.Built built = engines.build(file, profile)) {
        buildSeconds = built.seconds();
        planBytes = built.bytes();
        messages.addAll(built.warnings());
        ModelRunner runner = StatefulRunner.of(built.runner(), done.state());
        compare(runner, goldens, results);
        classify(runner, goldens.get(0), results.get(0));
      }
      return verdict();
    }

    /** What no engine can be made of as it stands is narrowed to what the goldens are. */
    private EngineConversions.Converted convert(
        String wanted, BuildRetry.Choice choice, Path file) {
      DiagnosticException first;
      try {
        return convertNarrowed(wanted, choice, file);
      } catch (DiagnosticException e) {
        if (narrowed.isPresent() || calls.isEmpty() || !Narrowing.mayHelp(e)) {
          throw e;
        }
        first = e;
      }
      for (Narrowing narrower : Narrowing.of(calls)) {
        narrowed = Optional.of(narrower);
        try {
          return convertNarrowed(wanted, choice, file);
        } catch (DiagnosticException e) {
          first.addSuppressed(e);
        }
      }
      throw first;
    }

    private EngineConversions.Converted convertNarrowed(
        String wanted, BuildRetry.Choice choice, Path file) {
      narrowed.ifPresent(n -> calls = n.calls());
      Map<String, String> values = narrowed.map(Narrowing::values).orElse(Map.of());
      List<String> pinned = new ArrayList<>(item.shapes());
      narrowed.ifPresent(n -> pinned.addAll(n.shapes()));
      return conversions.convert(
          item.model(),
          item.selection().with(values),
          pinned,
          new EngineConversions.Demand(
              wanted, wanted.equals("fp32") ? List.of() : feeds(values.keySet()), choice),
          file);
    }

    /** What low precision is measured on; one sound says little of how others come out. */
    private List<Map<String, TensorData>> feeds(Set<String> fixed) {
      List<Map<String, TensorData>> feeds = new ArrayList<>();
      calls.forEach(c -> feeds.add(new LinkedHashMap<>(c.inputs())));
      if (!calls.isEmpty()) {
        SampleInputs made = new SampleInputs(calls.get(0).inputs());
        for (int i = 1; i <= SOUNDS && made.sounds(); i++) {
          feeds.add(new LinkedHashMap<>(made.call(-i))); // not those that classes are compared on
        }
      }
      feeds.forEach(f -> f.keySet().removeAll(fixed));
      return feeds;
    }

    /**
     * The model for ONNX Runtime: the emitted one, or the fp32 one where it lacks kernels, as it
     * does for most ops in bf16.
     */
    @SuppressWarnings("try") // that it opens is the answer
    private Path runnable(Path file) {
      if (precision.equals("fp32")) {
        return file;
      }
      try (OrtRunner ort = OrtRunner.open(file)) {
        return file;
      } catch (DiagnosticException e) {
        if (e.diagnostics().get(0).code() != Code.RUNTIME_FAILED) {
          throw e;
        }
        messages.add("note: ONNX Runtime does not run it, and stands in with the fp32 model");
        return fp32();
      }
    }

    private Path fp32() {
      Path reference = onnx(outputs, item, "fp32");
      if (!precision.equals("fp32")) {
        convert("fp32", BuildRetry.Choice.FIRST, reference);
      }
      return reference;
    }

    /** For a model without goldens: inputs from a seed, and no outputs to expect. */
    private Golden madeUp(ModelRunner ort) {
      return new Golden(new GeneratedInputs(1, OPEN_DIM).of(ort.inputs()), Map.of());
    }

    private void compare(ModelRunner runner, List<Golden> goldens, List<Golden> results) {
      for (int i = 0; i < goldens.size(); i++) {
        Map<String, TensorData> given = GoldenCheck.run(runner, goldens.get(i));
        engine = and(engine, GoldenCheck.compare(given, goldens.get(i), expectation));
        against = and(against, GoldenCheck.compare(given, results.get(i), expectation));
      }
    }

    /** The classes of the fp32 model are those of ONNX Runtime, found once for each model. */
    private void classify(ModelRunner runner, Golden golden, Golden result) {
      Optional<String> output =
          samples == 0 ? Optional.empty() : TopOne.classifier(golden.inputs(), result.outputs());
      if (output.isEmpty()) {
        return;
      }
      SampleInputs made = new SampleInputs(golden.inputs());
      List<Integer> known = classes.get(() -> reference(made, output.get()));
      topOne = TopOne.compare(known, classes(runner, made, output.get()));
    }

    private List<Integer> reference(SampleInputs made, String output) {
      try (OrtRunner ort = OrtRunner.open(fp32())) {
        return classes(ort, made, output);
      }
    }

    private List<Integer> classes(ModelRunner runner, SampleInputs made, String output) {
      List<Integer> found = new ArrayList<>();
      for (int call = 1; found.size() < samples; call++) {
        Golden inputs = new Golden(made.call(call), Map.of());
        found.addAll(TopOne.classes(GoldenCheck.run(runner, inputs).get(output)));
      }
      return found.subList(0, samples);
    }

    /**
     * In low precision the engine alone decides: ONNX Runtime's kernels for CPUs that compute in
     * float16 also add up in it, and are then further off than any engine.
     */
    private List<String> verdict() {
      List<String> problems = new ArrayList<>();
      engine.problems().forEach(p -> problems.add("engine: " + p));
      if (precision.equals("fp32")) {
        onnx.problems().forEach(p -> problems.add("ONNX Runtime: " + p));
      } else {
        onnx.problems().forEach(p -> messages.add("note: ONNX Runtime: " + p));
      }
      if (topOne != null && topOne.share() < TOP_ONE) {
        problems.add(
            "the engine names the class of the fp32 model for %d of %d samples"
                .formatted(topOne.agreeing(), topOne.samples()));
      }
      problems.replaceAll(p -> "error[" + Code.ACCURACY.id() + "] " + p);
      return problems;
    }

    Status refused(List<Diagnostic> diagnostics) {
      messages.addAll(0, diagnostics.stream().map(Diagnostic::text).toList());
      if (converted) {
        return Status.FAIL;
      }
      List<Code> codes =
          diagnostics.stream()
              .filter(d -> d.severity() == Severity.ERROR)
              .map(Diagnostic::code)
              .toList();
      if (codes.stream().anyMatch(Code::internal)) {
        return Status.FAIL;
      }
      if (item.refuse() || item.refusable().containsAll(codes)) {
        return Status.REFUSED;
      }
      return codes.stream().allMatch(c -> c == Code.NOT_FOR_TENSORRT)
          ? Status.NOT_FOR_TENSORRT
          : Status.FAIL;
    }

    EngineResult result(Status status, double seconds) {
      return new EngineResult(
          item.name(),
          precision,
          status,
          simulated,
          onnx,
          engine,
          against,
          topOne,
          buildSeconds,
          planBytes,
          seconds,
          messages);
    }
  }

  private static Comparison and(Comparison before, Comparison more) {
    return before == null ? more : before.and(more);
  }
}
