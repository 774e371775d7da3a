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
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.cli.engine.TemporaryFolder;
import org.tf2trt.cli.engine.TimingCacheChoice;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.sweep.Engines;
import org.tf2trt.cli.sweep.GoldenProfile;
import org.tf2trt.cli.sweep.TensorRtEngines;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.verify.bisect.FirstDivergence;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.EngineTypes;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.TrtRunner;

/** Compares an engine with reference outputs and with ONNX Runtime. */
final class PlanVerification {
  private static final double LOW_PRECISION = 1e-2;

  private final Optional<Path> onnx;
  private final List<Golden> goldens;
  private final Expectation expectation;

  /**
   * @param onnx the model that the engine was built from
   * @param goldens what to feed and to expect
   * @param expectation before what low precision allows
   */
  PlanVerification(Optional<Path> onnx, List<Golden> goldens, Expectation expectation) {
    this.onnx = onnx;
    this.goldens = goldens;
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
  Result run(LoadedPlan plan) {
    Expectation allowed = isLow(plan) ? expectation.withFloor(LOW_PRECISION) : expectation;
    Comparison engine = new Comparison(List.of());
    List<Map<String, TensorData>> given = new ArrayList<>();
    List<Golden> fitted = new ArrayList<>();
    TrtRunner runner = new TrtRunner(plan.engine());
    for (Golden golden : goldens) {
      Golden fit = EngineTypes.fit(golden, runner.inputs(), runner.outputs());
      fitted.add(fit);
      given.add(GoldenCheck.run(runner, fit));
      engine = engine.and(GoldenCheck.compare(given.get(given.size() - 1), fit, allowed));
    }
    if (onnx.isEmpty()) {
      return new Result(engine, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Comparison reference = new Comparison(List.of());
    Comparison apart = new Comparison(List.of());
    try (OrtRunner ort = OrtRunner.open(onnx.get())) {
      for (int i = 0; i < fitted.size(); i++) {
        Map<String, TensorData> expected = GoldenCheck.run(ort, fitted.get(i));
        reference = reference.and(GoldenCheck.compare(expected, fitted.get(i), allowed));
        Golden own = new Golden(fitted.get(i).inputs(), expected);
        apart = apart.and(GoldenCheck.compare(given.get(i), own, allowed));
      }
    }
    Optional<String> cause =
        apart.passed() ? Optional.empty() : Optional.of(cause(plan, onnx.get(), fitted.get(0)));
    return new Result(engine, Optional.of(reference), Optional.of(apart), cause);
  }

  private static boolean isLow(LoadedPlan plan) {
    String precision = plan.sidecar().map(Sidecar::precision).orElse("");
    return precision.equalsIgnoreCase("fp16") || precision.equalsIgnoreCase("bf16");
  }

  private String cause(LoadedPlan plan, Path model, Golden golden) {
    BuildOptions options =
        BuildOptions.DEFAULT
            .edit()
            .tf32(plan.sidecar().map(s -> "true".equals(s.flags().get("tf32"))).orElse(false))
            .build();
    try (TemporaryFolder scratch = TemporaryFolder.create();
        Engines engines = new TensorRtEngines(options, TimingCacheChoice.STANDARD)) {
      FirstDivergence search =
          new FirstDivergence(
              model,
              scratch.path(),
              OrtRunner::open,
              variant -> build(engines, variant, golden),
              isLow(plan) ? LOW_PRECISION : 0);
      Map<String, TensorData> feeds;
      try (OrtRunner ort = OrtRunner.open(model)) {
        feeds = new LinkedHashMap<>(GoldenCheck.feeds(ort, golden));
      }
      return search
          .find(feeds)
          .map(PlanVerification::text)
          .orElse(
              "every tensor agrees as long as it is an output: a fusion of TensorRT makes the"
                  + " difference");
    } catch (IOException e) {
      return "the first node that differs was not found: " + e.getMessage();
    }
  }

  private static ModelRunner build(Engines engines, Path variant, Golden golden) {
    try (OrtRunner ort = OrtRunner.open(variant)) {
      List<Map<String, TensorData>> calls = List.of(GoldenCheck.feeds(ort, golden));
      return engines.build(variant, GoldenProfile.of(ort.inputs(), calls)).runner();
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
