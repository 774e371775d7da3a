// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.engine.BuildProgress;
import org.tf2trt.backend.engine.BuiltEngine;
import org.tf2trt.backend.engine.EngineBuilder;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.engine.cuda.Cuda;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.backend.profile.ShapeValues;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.verify.run.TrtRunner;

/** Engines of TensorRT, all from one builder: bringing one up costs as much as a small build. */
public final class TensorRtEngines implements Engines {
  private final TensorRt tensorRt;
  private final EngineBuilder builder;
  private final Optional<SharedTimingCache> cache;
  private final BuildOptions options;

  /** Throws DiagnosticException when something of TensorRT is missing. */
  public TensorRtEngines(BuildOptions options, TimingCacheChoice timingCache) {
    this.tensorRt = TensorRt.open();
    this.cache = timingCache.open(tensorRt);
    this.options = cache.map(c -> options.withTimingCache(c.file())).orElse(options);
    this.builder = tensorRt.builder();
  }

  /** Ranges of values that TensorRT does not read as shapes are left out. */
  @Override
  public Built build(Path onnx, Map<String, ShapeRange> given) {
    Map<String, ShapeRange> profile = new LinkedHashMap<>(given);
    if (!profile.isEmpty()) {
      Map<String, TensorType> inputs = OnnxInterface.of(onnx, builder).inputs();
      if (ShapeValues.possible(inputs)) {
        Set<String> read = builder.shapeInputs(onnx);
        profile.keySet().removeIf(n -> ShapeValues.candidate(inputs.get(n)) && !read.contains(n));
      }
    }
    BuildOptions own =
        profile.isEmpty() ? options : options.withProfiles(PlanBuilder.profiles(List.of(profile)));
    try (BuiltEngine built = builder.build(onnx, own, BuildProgress.NONE)) {
      List<String> warnings = new ArrayList<>();
      built.notes().warnings().forEach(w -> warnings.add(w.text()));
      cache
          .flatMap(c -> c.add(built.notes().timingCache(), builder))
          .map(Diagnostic::text)
          .ifPresent(warnings::add);
      return new Built(
          new TrtRunner(tensorRt.load(built)), built.notes().seconds(), built.size(), warnings);
    }
  }

  @Override
  public boolean lost() {
    return !Cuda.answers();
  }

  @Override
  public void close() {
    builder.close();
  }
}
