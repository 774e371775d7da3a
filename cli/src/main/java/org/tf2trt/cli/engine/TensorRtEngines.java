// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.engine.BuildProgress;
import org.tf2trt.backend.engine.BuiltEngine;
import org.tf2trt.backend.engine.EngineBuilder;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.profile.ShapeRange;
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

  @Override
  public Built build(Path onnx, Map<String, ShapeRange> profile) {
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
  public void close() {
    builder.close();
  }
}
