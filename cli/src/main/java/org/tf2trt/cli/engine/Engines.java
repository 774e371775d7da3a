// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
   * Whether an engine has ended the use of the GPU by this process, as one does that reads or
   * writes where it must not: CUDA answers every later call with that error.
   */
  default boolean lost() {
    return false;
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
