// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Makes chosen nodes compute in low precision, and casts where they meet the others. Constants are
 * converted. {@link PrecisionPlan} makes the choice.
 */
public final class AssignPrecision implements Pass {
  private final PrecisionPlan plan;
  private final Set<Node> low;

  /**
   * @param plan of the graph that the pass runs on
   * @param low which nodes become low, as the plan answers them
   */
  public AssignPrecision(PrecisionPlan plan, Set<Node> low) {
    this.plan = plan;
    this.low = low;
  }

  @Override
  public String summary() {
    return "compute in low precision, with float32 islands and the least bytes cast";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Map<Node, LowForm> chosen = new IdentityHashMap<>();
    low.forEach(n -> chosen.put(n, plan.forms().get(n)));
    int casts = new MixedForm(graph, plan.precision().dtype(), chosen, plan.io()).run();
    DeadCode.sweep(graph);
    for (int i = 0; i < low.size(); i++) {
      context.count("low precision");
    }
    for (int i = 0; i < casts; i++) {
      context.count("precision cast");
    }
  }
}
