// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;

/** Engines of a model's variants, built for one call. */
public final class BuiltVariants implements Function<Path, ModelRunner> {
  /** What it means when an engine of the model is right and the plan is not. */
  public static final String ANOTHER_MODEL =
      "the plan was built from another model, or with other options";

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
  public ModelRunner apply(Path variant) {
    try (OrtRunner ort = OrtRunner.open(variant)) {
      List<Map<String, TensorData>> calls = List.of(feeds.apply(ort));
      return engines.build(variant, GoldenProfile.of(ort.inputs(), calls)).runner();
    }
  }
}
