// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.cli.engine.BuiltVariants;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.cli.engine.TemporaryFolder;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.verify.ModelNotes;
import org.tf2trt.cli.verify.PlanOrigin;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.bisect.FirstDivergence;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.EngineTypes;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.run.StatefulRunner;

/** Compares an engine with reference outputs and with ONNX Runtime. */
final class VerifyPlanAgainstGoldens {
  private static final double LOW_PRECISION = 1e-2;
  private static final Set<String> LOW = Set.of("fp16", "bf16");

  private final PlanOrigin origin;
  private final List<Golden> goldens;
  private final Optional<Path> initialState;
  private final Expectation expectation;
  private boolean low;
  private boolean tf32;

  /**
   * @param origin the model that the engine was built from says what state it has, and in which
   *     steps its outputs are quantised
   * @param goldens what to feed and to expect
   * @param initialState what the first call takes, for a model with state
   * @param expectation before what low precision and steps allow
   */
  VerifyPlanAgainstGoldens(
      PlanOrigin origin,
      List<Golden> goldens,
      Optional<Path> initialState,
      Expectation expectation) {
    this.origin = origin;
    this.goldens = goldens;
    this.initialState = initialState;
    this.expectation = expectation;
  }

  /**
   * What came of it; the last three are empty without the model.
   *
   * @param engine against the reference
   * @param reference ONNX Runtime against the reference
   * @param apart the engine against ONNX Runtime
   * @param cause where the two begin to differ, in words
   */
  record Result(
      Comparison engine,
      Optional<Comparison> reference,
      Optional<Comparison> apart,
      Optional<String> cause) {
    boolean passed() {
      return engine.passed();
    }

    List<String> problems() {
      List<String> all = new ArrayList<>();
      engine.problems().forEach(p -> all.add("error[" + Code.ACCURACY.id() + "] " + p));
      cause.ifPresent(c -> all.add("note: " + c));
      return all;
    }

    String text() {
      StringBuilder text = new StringBuilder();
      text.append("TensorRT against the reference%n".formatted()).append(engine.table());
      reference.ifPresent(
          r -> text.append("ONNX Runtime against the reference%n".formatted()).append(r.table()));
      apart.ifPresent(
          a -> text.append("TensorRT against ONNX Runtime%n".formatted()).append(a.table()));
      if (passed()) {
        text.append("equal within tolerance%n".formatted());
      }
      return text.toString();
    }

    ObjectNode json(Path plan) {
      ObjectNode root = JsonFiles.object();
      root.put("model", plan.toString());
      root.put("passed", passed());
      root.put("error", engine.error());
      outputs(root.putArray("outputs"), engine);
      reference.ifPresent(r -> put(root.putObject("onnxruntime"), r));
      apart.ifPresent(a -> put(root.putObject("engine_against_onnxruntime"), a));
      cause.ifPresent(c -> root.put("cause", c));
      return root;
    }

    private static void put(ObjectNode node, Comparison comparison) {
      node.put("error", comparison.error());
      outputs(node.putArray("outputs"), comparison);
    }

    private static void outputs(ArrayNode list, Comparison comparison) {
      comparison.outputs().forEach(o -> JsonFiles.put(list.addObject(), o));
    }
  }

  /** Throws DiagnosticException when something does not run. */
  Result run(Path plan) {
    try (ModelRunner loaded = load(plan)) {
      return run(loaded);
    }
  }

  private ModelRunner load(Path plan) {
    PlanRuntime.Loaded loaded = origin.runtime().load(plan, origin.weights());
    low = LOW.contains(loaded.precision());
    tf32 = loaded.tf32();
    return loaded.runner();
  }

  private Result run(ModelRunner loaded) {
    ModelNotes notes = origin.onnx().map(ModelNotes::of).orElse(ModelNotes.NONE);
    if (origin.onnx().isEmpty()) {
      requireInputs(loaded);
    }
    ModelNotes.Calls calls = notes.calls(goldens, loaded.inputs(), initialState);
    Expectation allowed = low ? expectation.withFloor(LOW_PRECISION) : expectation;
    allowed = notes.steps().isEmpty() ? allowed : allowed.withSteps(notes.steps());
    Comparison engine = Comparison.EMPTY;
    List<Map<String, TensorData>> given = new ArrayList<>();
    List<Golden> fitted = new ArrayList<>();
    ModelRunner runner = StatefulRunner.showing(loaded, calls.state());
    for (Golden golden : calls.goldens()) {
      Golden fit = EngineTypes.fit(golden, runner.inputs(), runner.outputs());
      fitted.add(fit);
      given.add(GoldenCheck.run(runner, fit));
      engine = engine.and(GoldenCheck.compare(given.get(given.size() - 1), fit, allowed));
    }
    if (origin.onnx().isEmpty()) {
      return new Result(engine, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Path onnx = origin.onnx().get();
    Comparison reference = Comparison.EMPTY;
    Comparison apart = Comparison.EMPTY;
    try (ModelRunner ort = StatefulRunner.showing(OrtRunner.open(onnx), calls.state())) {
      for (int i = 0; i < fitted.size(); i++) {
        Map<String, TensorData> expected = GoldenCheck.run(ort, fitted.get(i));
        reference = reference.and(GoldenCheck.compare(expected, fitted.get(i), allowed));
        Golden own = new Golden(fitted.get(i).inputs(), expected);
        apart = apart.and(GoldenCheck.compare(given.get(i), own, allowed));
      }
    }
    Optional<String> cause =
        apart.passed() ? Optional.empty() : Optional.of(cause(onnx, first(fitted, calls.state())));
    return new Result(engine, Optional.of(reference), Optional.of(apart), cause);
  }

  /** Without the model, nothing tells an input that was forgotten from one that is state. */
  private void requireInputs(ModelRunner loaded) {
    for (Golden golden : goldens) {
      for (Port port : loaded.inputs()) {
        if (Fit.find(golden.inputs(), port.name()) == null) {
          throw DiagnosticException.of(
              Code.BAD_DATA,
              "input '" + port.name() + "'",
              "the golden has no array in/" + port.name(),
              "add it; for the state of a model converted with --variables io, give the model with"
                  + " --onnx MODEL.onnx and the first call's state with --initial-state STATE.npz");
        }
      }
    }
  }

  /** The first call with all that it is fed. */
  private static Golden first(List<Golden> fitted, List<StateVariable> state) {
    Map<String, TensorData> inputs = new LinkedHashMap<>(fitted.get(0).inputs());
    state.forEach(s -> inputs.put(s.input().orElseThrow(), s.initial().orElseThrow()));
    return new Golden(inputs, fitted.get(0).outputs());
  }

  private String cause(Path model, Golden golden) {
    try (TemporaryFolder scratch = TemporaryFolder.create();
        Engines engines = origin.runtime().engines(tf32)) {
      FirstDivergence search =
          new FirstDivergence(
              model,
              scratch.path(),
              OrtRunner::open,
              new BuiltVariants(engines, runner -> GoldenCheck.feeds(runner, golden)),
              low ? LOW_PRECISION : 0);
      Map<String, TensorData> feeds = new LinkedHashMap<>();
      try (OrtRunner ort = OrtRunner.open(model)) {
        feeds.putAll(GoldenCheck.feeds(ort, golden));
      }
      return search
          .find(feeds)
          .map(VerifyPlanAgainstGoldens::text)
          .orElseGet(
              () ->
                  search.agreesAsItIs(feeds)
                      ? "an engine that was built from "
                          + model
                          + " here agrees: "
                          + BuiltVariants.ANOTHER_MODEL
                      : "every tensor agrees as long as it is an output: a fusion of TensorRT makes"
                          + " the difference");
    } catch (IOException e) {
      return "the first node that differs was not found: " + e.getMessage();
    } catch (DiagnosticException e) {
      return "the first node that differs was not found: " + e.diagnostics().get(0).text();
    }
  }

  private static String text(FirstDivergence.Found found) {
    return "the first tensor that TensorRT computes differently is of %s: %s; %s"
        .formatted(
            found.node(),
            found.result().problem(),
            found.agreeing().isEmpty()
                ? "nothing before it was found to agree"
                : "that of " + found.agreeing() + " before it agrees");
  }
}
