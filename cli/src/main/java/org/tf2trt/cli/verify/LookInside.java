// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.bisect.InnerTensors;
import org.tf2trt.verify.check.Verification;
import org.tf2trt.verify.samples.Samples;

/** Compares inner tensors when outputs differ, and for the page. */
final class LookInside {
  private final Path converted;
  private final VerifyOptions options;
  private final Runtimes runtimes;
  private final Tolerances tolerances;
  private final Consumer<String> notice;

  /**
   * @param converted an ONNX file or an engine
   * @param runtimes that ran it
   * @param tolerances before what the model's own precision allows
   * @param notice hears why there is nothing to see
   */
  LookInside(
      Path converted,
      VerifyOptions options,
      Runtimes runtimes,
      Tolerances tolerances,
      Consumer<String> notice) {
    this.converted = converted;
    this.options = options;
    this.runtimes = runtimes;
    this.tolerances = tolerances;
    this.notice = notice;
  }

  /** Empty when there is no reason to look, and where it is not possible. */
  Optional<Finding> find(
      Verification run, Outcome outcome, InnerTensors reference, Samples samples) {
    boolean failed = !outcome.passed() && options.bisect;
    boolean engine = runtimes.plan().isPresent();
    if (!failed && (options.html == null || engine)) {
      return Optional.empty();
    }
    if (engine && options.origin.onnx().isEmpty()) {
      notice.accept(
          "note: to find the first TensorFlow node that differs, give the model that the engine was"
              + " built from, with --onnx MODEL.onnx; 'tf2trt convert --keep-onnx MODEL.onnx' keeps"
              + " it");
      return Optional.empty();
    }
    Map<String, TensorData> feeds = run.firstFailing().or(samples::next).orElse(null);
    if (feeds == null) {
      return Optional.empty();
    }
    Path folder = failed ? reproducer() : null;
    if (!engine) {
      return Optional.of(Divergence.of(converted, reference, feeds, folder));
    }
    return inEngine(outcome, reference, feeds, folder);
  }

  private Optional<Finding> inEngine(
      Outcome outcome, InnerTensors reference, Map<String, TensorData> feeds, Path folder) {
    Path onnx = options.origin.onnx().orElseThrow();
    boolean onnxFails =
        outcome.state().candidates().getOrDefault(Runtimes.PLAIN, List.of()).stream()
            .anyMatch(o -> !o.passed());
    if (onnxFails) {
      notice.accept(
          "note: ONNX Runtime differs from TensorFlow, too, so that the conversion is looked at"
              + " before the engine");
      return Optional.of(Divergence.of(onnx, reference, feeds, folder));
    }
    boolean tf32 = runtimes.plan().orElseThrow().tf32();
    double floor = tolerances.computing(runtimes.plan().orElseThrow().precision()).floor();
    try {
      return Optional.of(
          EngineDivergence.of(
              onnx, options.origin.runtime(), tf32, floor, reference, feeds, folder));
    } catch (DiagnosticException e) {
      notice.accept(
          "note: the first TensorFlow node that differs was not found: "
              + e.diagnostics().get(0).text());
      return Optional.empty();
    }
  }

  private Path reproducer() {
    if (options.reproducer != null) {
      return options.reproducer;
    }
    String name = converted.getFileName().toString().replaceFirst("\\.(onnx|plan|engine)$", "");
    return converted.resolveSibling(name + ".reproducer");
  }
}
