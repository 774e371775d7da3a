// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.verify.run.ModelRunner;

/** The runtime whose inner tensors are looked at. */
@FunctionalInterface
public interface SuspectRuntime {
  /**
   * Loads a variant of a model.
   *
   * @throws org.tf2trt.ir.diag.DiagnosticException when it does not load
   */
  ModelRunner load(Path variant);

  /**
   * Loads a variant so that these outputs, of which there may be very many, are shown while it runs
   * and are not outputs for it; a run gives them all the same. Empty where a runtime has no such
   * means.
   *
   * @throws org.tf2trt.ir.diag.DiagnosticException when it does not load
   */
  default Optional<ModelRunner> observe(Path variant, Set<String> tensors) {
    return Optional.empty();
  }
}
