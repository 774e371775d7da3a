// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps between inputs and outputs: what a recipe does, or a graph that an attribute of a step
 * holds.
 *
 * @param at where its name stands
 * @param steps each reads what stands above it; those of a graph also what stands above the graph
 */
record Block(At at, String name, List<Port> inputs, List<Port> outputs, List<Step> steps) {
  Block {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
  }

  /** The steps, and those of the graphs in them. */
  List<Step> allSteps() {
    List<Step> all = new ArrayList<>();
    for (Step s : steps) {
      all.add(s);
      s.graphs().values().forEach(g -> all.addAll(g.allSteps()));
    }
    return all;
  }
}
