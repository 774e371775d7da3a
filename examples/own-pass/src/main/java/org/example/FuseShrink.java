// SPDX-License-Identifier: Apache-2.0
package org.example;

import java.util.List;
import org.tf2trt.ir.Graph;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.plugin.Placed;
import org.tf2trt.passes.plugin.Placement;
import org.tf2trt.passes.rewrite.Rewriter;

/** The pass {@code fuse-shrink}: it applies our rule until nothing changes. */
public final class FuseShrink implements Pass, Placed {
  @Override
  public String summary() {
    return "find soft thresholds";
  }

  @Override
  public Placement placement() {
    return Placement.after("recognise");
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Rewriter.run(graph, List.of(new SoftThresholdToShrink()), context);
  }
}
