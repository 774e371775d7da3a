// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.cli.engine.ByteSize;
import org.tf2trt.cli.engine.PlanBuilder;

/** What is said about an engine that was built. */
final class PlanText {
  private PlanText() {}

  static String of(Path plan, PlanBuilder.Outcome outcome) {
    Sidecar s = outcome.sidecar();
    return String.format(
        Locale.ROOT,
        "%s: %s, built in %.1f s%s, TensorRT %s, %s",
        plan,
        ByteSize.text(s.planBytes()),
        s.seconds(),
        outcome.measured() ? "" : " from the timing cache",
        s.tensorrt(),
        s.gpu().name());
  }
}
