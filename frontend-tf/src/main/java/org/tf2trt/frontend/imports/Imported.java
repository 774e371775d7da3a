// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.List;
import org.tf2trt.ir.Graph;

/**
 * What an import gives.
 *
 * @param graph in stage TF
 * @param state the variables that are inputs and outputs of it, in order
 */
public record Imported(Graph graph, List<StateVariable> state) {
  public Imported {
    state = List.copyOf(state);
  }
}
