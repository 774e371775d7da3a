// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.bisect.SuspectRuntime;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;

/** Engines of a model's variants, built for one call. */
public final class BuiltVariants implements SuspectRuntime {
  private final Engines engines;
  private final Function<ModelRunner, Map<String, TensorData>> feeds;

  /**
   * @param engines builds them
   * @param feeds the call, as a runner of a variant takes it
   */
  public BuiltVariants(Engines engines, Function<ModelRunner, Map<String, TensorData>> feeds) {
    this.engines = engines;
    this.feeds = feeds;
  }

  @Override
  public ModelRunner load(Path variant) {
    return engines.build(variant, profile(variant)).runner();
  }

  @Override
  public Optional<ModelRunner> observe(Path variant, Set<String> tensors) {
    return engines.observing(variant, profile(variant), tensors).map(Engines.Built::runner);
  }

  private Map<String, ShapeRange> profile(Path variant) {
    try (OrtRunner ort = OrtRunner.open(variant)) {
      return GoldenProfile.of(ort.inputs(), List.of(feeds.apply(ort)));
    }
  }
}
