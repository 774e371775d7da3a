// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;

/**
 * What an import gives.
 *
 * @param graph in stage TF
 * @param state the variables that are inputs and outputs of it, in order
 * @param fixed the inputs that became constants, by their names
 */
public record Imported(Graph graph, List<StateVariable> state, Map<String, TensorData> fixed) {
  public Imported {
    state = List.copyOf(state);
    fixed = new LinkedHashMap<>(fixed);
  }
}
