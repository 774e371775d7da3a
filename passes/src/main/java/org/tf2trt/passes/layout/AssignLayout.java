// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Chooses channels first or channels last for every value so that the least bytes are transposed.
 */
public final class AssignLayout implements Pass {
  private final boolean interfaceFirst;
  private final boolean denseLast;

  /**
   * @param interfaceFirst inputs and outputs that are images become channels first too, so that no
   *     transpose is left at all; otherwise they stay as the model has them
   */
  public AssignLayout(boolean interfaceFirst) {
    this(interfaceFirst, false);
  }

  /**
   * @param interfaceFirst as above
   * @param denseLast where it costs no further bytes, dense layers stay products over the innermost
   *     dim instead of becoming convolutions of extent 1
   */
  public AssignLayout(boolean interfaceFirst, boolean denseLast) {
    this.interfaceFirst = interfaceFirst;
    this.denseLast = denseLast;
  }

  @Override
  public String summary() {
    return "choose channels first or last for every value by a minimum cut over the bytes transposed";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    DeadCode.sweep(graph); // what is dead must not have a say
    Regions regions = new Regions(graph);
    Set<Node> flipped = CutProblem.solve(graph, regions, interfaceFirst, denseLast);
    new Applier(graph, regions, flipped).run(interfaceFirst);
    DeadCode.sweep(graph);
    flipped.forEach(n -> context.count("layout changed"));
    // Bodies by themselves: what goes in and out of them keeps its layout.
    AssignLayout within = new AssignLayout(false, denseLast);
    for (Node node : graph.nodes()) {
      node.bodies().forEach(b -> within.run(b, context));
    }
  }
}
