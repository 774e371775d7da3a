// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.cli.engine.PlanRuntime;

/**
 * What is known of an engine beside its file.
 *
 * @param onnx the model that it was built from
 * @param weights the model that has them, for an engine without
 * @param runtime loads it
 */
public record PlanOrigin(Optional<Path> onnx, Optional<Path> weights, PlanRuntime runtime) {
  /** Nothing, and TensorRT. */
  public static final PlanOrigin UNKNOWN =
      new PlanOrigin(Optional.empty(), Optional.empty(), PlanRuntime.TENSORRT);
}
