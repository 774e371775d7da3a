// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * The types of a node before anything was carried.
 *
 * @param inputs null where an input is absent
 * @param results of the node
 */
record Signature(List<DType> inputs, List<DType> results) {
  /** Of all nodes of a graph and its bodies. */
  static Map<Node, Signature> of(Graph graph) {
    Map<Node, Signature> all = new IdentityHashMap<>();
    collect(graph, all);
    return all;
  }

  private static void collect(Graph graph, Map<Node, Signature> into) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      List<DType> inputs = new ArrayList<>();
      n.inputs().forEach(v -> inputs.add(v.isPresent() ? v.dtype() : null));
      into.put(n, new Signature(inputs, n.results().stream().map(Value::dtype).toList()));
      n.bodies().forEach(b -> collect(b, into));
    }
  }

  DType input(int i) {
    return inputs.get(i);
  }

  DType result(int i) {
    return results.get(i);
  }

  boolean isCarried() {
    return Stream.concat(inputs.stream(), results.stream())
        .anyMatch(t -> t != null && Carrier.isNeeded(t));
  }

  boolean has(DType type) {
    return inputs.contains(type) || results.contains(type);
  }
}
