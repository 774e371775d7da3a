// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.verify.run.ModelRunner;

/** A runtime that compiles models before it runs them. */
public interface Engines extends AutoCloseable {
  /**
   * Builds an engine.
   *
   * @param onnx the model
   * @param profile a range for each input with open dims; empty when there are none
   * @throws org.tf2trt.ir.diag.DiagnosticException when it cannot be built
   */
  Built build(Path onnx, Map<String, ShapeRange> profile);

  /**
   * Builds an engine that shows inner tensors.
   *
   * @param onnx the model, with these tensors among its outputs
   * @param profile as for {@link #build}
   * @param tensors that a run of the engine gives although they are no outputs of it
   * @return empty where the runtime cannot show them
   * @throws org.tf2trt.ir.diag.DiagnosticException when it cannot be built
   */
  default Optional<Built> observing(
      Path onnx, Map<String, ShapeRange> profile, Set<String> tensors) {
    return Optional.empty();
  }

  @Override
  void close();

  /**
   * An engine that is ready to run.
   *
   * @param runner to be closed by whoever asked for it
   * @param seconds that the build took
   * @param bytes of the plan
   * @param warnings of the build
   */
  record Built(ModelRunner runner, double seconds, long bytes, List<String> warnings)
      implements AutoCloseable {
    public Built {
      warnings = List.copyOf(warnings);
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
