// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import org.tf2trt.frontend.lower.LoweringTable;

/** Control flow ops; the import has normalised their names and given them bodies. */
public final class FlowLowerings {
  private FlowLowerings() {}

  /** Adds If, Case, While and the ops on lists of tensors. */
  public static void addTo(LoweringTable table) {
    table.add("If", BranchLowering::branch);
    table.add("Case", BranchLowering::choose);
    table.add("While", (node, build) -> new LoopLowering(node, build).lower());
    ListLowerings.addTo(table);
    RaggedDecoding.addTo(table);
  }
}
