// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.TrtRunner;

/** Loads engines, and builds more of their kind to look inside. */
public interface PlanRuntime {
  /** TensorRT and the GPU of this machine. */
  PlanRuntime TENSORRT =
      new PlanRuntime() {
        @Override
        public Loaded load(Path plan, Optional<Path> weights) {
          LoadedPlan loaded = LoadedPlan.open(plan, weights);
          return new Loaded(new TrtRunner(loaded.engine()), loaded.sidecar());
        }

        @Override
        public Engines engines(boolean tf32) {
          return new TensorRtEngines(
              BuildOptions.DEFAULT.edit().tf32(tf32).build(), TimingCacheChoice.STANDARD);
        }
      };

  /**
   * Loads a plan.
   *
   * @param weights the model that has the weights of a plan without
   * @throws org.tf2trt.ir.diag.DiagnosticException everything that keeps it from running here
   */
  Loaded load(Path plan, Optional<Path> weights);

  /** What builds engines like a plan; throws DiagnosticException when something is missing. */
  Engines engines(boolean tf32);

  /**
   * An engine that runs.
   *
   * @param runner to be closed
   * @param sidecar empty for a plan without one
   */
  record Loaded(ModelRunner runner, Optional<Sidecar> sidecar) {
    /** In lower case as the sidecar says; empty when there is none. */
    public String precision() {
      return sidecar.map(Sidecar::precision).orElse("").toLowerCase(java.util.Locale.ROOT);
    }

    public boolean tf32() {
      return sidecar.map(s -> "true".equals(s.flags().get("tf32"))).orElse(false);
    }
  }
}
