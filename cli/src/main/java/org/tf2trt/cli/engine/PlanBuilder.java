// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.engine.BuildProgress;
import org.tf2trt.backend.engine.BuiltEngine;
import org.tf2trt.backend.engine.Engine;
import org.tf2trt.backend.engine.EngineBuilder;
import org.tf2trt.backend.engine.Profile;
import org.tf2trt.backend.engine.Refit;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.plan.PlanFiles;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.backend.profile.Profiles;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.backend.profile.ShapeValues;
import org.tf2trt.convert.Converter;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Builds plan files from ONNX files. */
public final class PlanBuilder implements AutoCloseable {
  private final TensorRt tensorRt;
  private final EngineBuilder builder;

  private PlanBuilder(TensorRt tensorRt, EngineBuilder builder) {
    this.tensorRt = tensorRt;
    this.builder = builder;
  }

  /** Takes some seconds; throws DiagnosticException when something of TensorRT is missing. */
  public static PlanBuilder open(TensorRt tensorRt) {
    return new PlanBuilder(tensorRt, tensorRt.builder());
  }

  /**
   * What a build gave.
   *
   * @param sidecar as written beside the plan
   * @param warnings of TensorRT and of the timing cache
   * @param layers of the network before fusion
   * @param measured whether the timing cache lacked something
   */
  public record Outcome(Sidecar sidecar, List<Diagnostic> warnings, int layers, boolean measured) {
    public Outcome {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Builds and writes an engine with its sidecar; both appear whole, or neither.
   *
   * @param origin for the sidecar
   */
  public Outcome build(Path onnx, BuildJob job, BuildOrigin origin, BuildProgress progress) {
    OnnxInterface ports = OnnxInterface.of(onnx, builder);
    List<Map<String, ShapeRange>> ranges =
        Profiles.resolve(ports.inputs(), job.profiles(), job.batch());
    if (ShapeValues.possible(ports.inputs())) {
      ShapeValues.require(ports.inputs(), ranges, builder.shapeInputs(onnx));
    }
    Optional<SharedTimingCache> cache = job.timingCache().open(tensorRt);
    BuildOptions options = job.options().withProfiles(profiles(ranges));
    if (cache.isPresent()) {
      options = options.withTimingCache(cache.get().file());
    }
    try (BuiltEngine built = builder.build(onnx, options, progress)) {
      if (options.stripWeights()) {
        requireRefit(built, onnx);
      }
      List<Diagnostic> warnings = new ArrayList<>(built.notes().warnings());
      cache.flatMap(c -> c.add(built.notes().timingCache(), builder)).ifPresent(warnings::add);
      List<String> texts = new ArrayList<>();
      origin.warnings().forEach(w -> texts.add(w.text()));
      warnings.forEach(w -> texts.add(w.text()));
      Map<String, String> flags = BuildFlagTexts.of(options);
      Sidecar sidecar =
          PlanFiles.write(
              job.plan(),
              built::writeTo,
              written ->
                  new Sidecar(
                      Converter.version(),
                      tensorRt.version().toString(),
                      Gpus.of(tensorRt.device()),
                      origin.source(),
                      origin.precision(),
                      ports(ports.inputs()),
                      ports(ports.outputs()),
                      ranges.stream().map(PlanBuilder::texts).toList(),
                      flags,
                      built.notes().seconds(),
                      written.bytes(),
                      written.sha256(),
                      texts));
      return new Outcome(
          sidecar, warnings, built.notes().layers(), built.notes().timingCacheGrown() > 0);
    }
  }

  /** A stripped engine is of use only when the model can give its weights back. */
  private void requireRefit(BuiltEngine built, Path onnx) {
    try (Engine engine = tensorRt.load(built);
        Refit refit = engine.refit()) {
      refit.from(onnx);
    } catch (DiagnosticException e) {
      throw DiagnosticException.of(
          Code.BAD_BUILD_OPTION,
          "--strip-weights",
          "the model cannot give all weights back to the engine: "
              + e.diagnostics().get(0).message(),
          "leave the weights in the plan; --refit keeps them replaceable");
    }
  }

  /** Shape ranges as the engine's builder takes them. */
  public static List<Profile> profiles(List<Map<String, ShapeRange>> ranges) {
    List<Profile> profiles = new ArrayList<>();
    for (Map<String, ShapeRange> one : ranges) {
      Map<String, Profile.Range> inputs = new LinkedHashMap<>();
      one.forEach((name, r) -> inputs.put(name, new Profile.Range(r.min(), r.opt(), r.max())));
      profiles.add(new Profile(inputs));
    }
    return profiles;
  }

  private static Map<String, String> texts(Map<String, ShapeRange> profile) {
    Map<String, String> texts = new LinkedHashMap<>();
    profile.forEach((name, range) -> texts.put(name, range.toString()));
    return texts;
  }

  private static List<Sidecar.Port> ports(Map<String, TensorType> types) {
    List<Sidecar.Port> ports = new ArrayList<>();
    types.forEach(
        (name, t) -> ports.add(new Sidecar.Port(name, t.dtype().text(), t.shape().toString())));
    return ports;
  }

  @Override
  public void close() {
    builder.close();
  }
}
