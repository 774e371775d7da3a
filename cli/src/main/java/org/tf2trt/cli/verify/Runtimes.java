// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.check.OnnxChecker;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.frontend.quantized.Jump;
import org.tf2trt.frontend.quantized.QuantizationSteps;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.verify.bisect.InnerTensors;
import org.tf2trt.verify.bisect.Layerwise;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.run.StatefulRunner;

/** What runs the converted model: ONNX Runtime twice for a .onnx file, TensorRT for an engine. */
final class Runtimes implements AutoCloseable {
  static final String PLAIN = "ONNX Runtime";
  static final String OPTIMISED = "ONNX Runtime, optimised";
  static final String LAYERWISE = "ONNX Runtime, layer by layer";
  static final String ENGINE = "TensorRT";

  private final List<ModelRunner> runners = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<StateVariable> state;
  private Graph onnx;
  private PlanRuntime.Loaded plan;
  private Layerwise layerwise;

  private Runtimes(List<StateVariable> state) {
    this.state = state;
  }

  /**
   * Throws what is wrong with the file, or why it does not run here.
   *
   * @param converted an ONNX file, or an engine
   * @param origin of an engine
   * @param tolerances before what the model's own precision allows
   * @param state inputs and outputs of the model that one call hands to the next
   */
  static Runtimes open(
      Path converted, PlanOrigin origin, Tolerances tolerances, List<StateVariable> state) {
    Runtimes all = new Runtimes(state);
    try {
      if (converted.toString().endsWith(".onnx")) {
        refuseInvalid(converted);
        all.onnx = OnnxReader.read(converted).graph();
        Tolerances bounds = tolerances.computing(all.onnx);
        all.add(PLAIN, OrtRunner.open(converted), bounds, true);
        all.add(OPTIMISED, OrtRunner.open(converted, OrtRunner.Optimisation.ALL), bounds, false);
      } else {
        all.plan = origin.runtime().load(converted, origin.weights());
        Tolerances bounds = tolerances.computing(all.plan.precision());
        all.add(ENGINE, all.plan.runner(), bounds, true);
        if (origin.onnx().isPresent()) {
          refuseInvalid(origin.onnx().get());
          all.onnx = OnnxReader.read(origin.onnx().get()).graph();
          all.add(PLAIN, OrtRunner.open(origin.onnx().get()), bounds, false);
        }
      }
      return all;
    } catch (DiagnosticException e) {
      all.close();
      throw e;
    }
  }

  /**
   * Adds the model once more, with the original's values behind each quantisation, where the
   * original quantises and that can be done.
   *
   * @param original in TensorFlow
   * @param imported the same
   * @param tolerances of the outputs
   * @param call gives the feeds of one
   * @param notice hears why it cannot be done
   */
  void addLayerwise(
      Path converted,
      InnerTensors original,
      Imported imported,
      Tolerances tolerances,
      Supplier<Optional<Map<String, TensorData>>> call,
      Consumer<String> notice) {
    List<Jump> jumps = QuantizationSteps.jumps(imported.graph());
    // What variables were inside a call is gone behind it.
    if (plan != null || jumps.isEmpty() || !imported.state().isEmpty()) {
      return;
    }
    Optional<Layerwise> opened;
    try {
      opened = call.get().flatMap(feeds -> Layerwise.open(converted, jumps, original, feeds));
    } catch (DiagnosticException e) {
      notice.accept("note: not compared layer by layer: " + e.diagnostics().get(0).text());
      return;
    }
    opened.ifPresent(
        model -> {
          layerwise = model;
          runners.add(model);
          candidates.add(
              new Candidate(
                  LAYERWISE,
                  model,
                  model.bounds(tolerances.computing(onnx).withoutSteps()),
                  true,
                  model));
        });
  }

  /** Steps of what is compared layer by layer, by name. */
  Map<String, Double> layers() {
    return layerwise == null ? Map.of() : layerwise.steps();
  }

  private void add(String name, ModelRunner opened, Tolerances bounds, boolean judged) {
    ModelRunner runner = StatefulRunner.of(opened, state);
    runners.add(runner);
    candidates.add(new Candidate(name, runner, bounds, judged));
  }

  private static void refuseInvalid(Path onnx) {
    List<Diagnostic> invalid =
        OnnxChecker.check(onnx).stream().filter(d -> d.severity() == Severity.ERROR).toList();
    if (!invalid.isEmpty()) {
      throw new DiagnosticException(invalid);
    }
  }

  List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** As the first runtime declares them. */
  List<Port> inputs() {
    return runners.get(0).inputs();
  }

  /** The engine; empty for an ONNX file. */
  Optional<PlanRuntime.Loaded> plan() {
    return Optional.ofNullable(plan);
  }

  /** The converted graph; empty for an engine without the model it was built from. */
  Optional<Graph> onnx() {
    return Optional.ofNullable(onnx);
  }

  @Override
  public void close() {
    runners.forEach(ModelRunner::close);
  }
}
