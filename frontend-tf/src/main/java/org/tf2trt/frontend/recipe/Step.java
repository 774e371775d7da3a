// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a recipe's body.
 *
 * @param at where the op's name stands
 * @param domain before the op's name; empty for a standard op
 */
record Step(
    At at,
    List<Name> outputs,
    String domain,
    String op,
    Map<String, Argument> arguments,
    List<Name> inputs) {
  Step {
    outputs = List.copyOf(outputs);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    inputs = List.copyOf(inputs);
  }

  /** The graphs among its arguments, by attribute. */
  Map<String, Block> graphs() {
    Map<String, Block> graphs = new LinkedHashMap<>();
    arguments.forEach(
        (name, a) -> {
          if (a instanceof Argument.Graph g) {
            graphs.put(name, g.block());
          }
        });
    return graphs;
  }
}
