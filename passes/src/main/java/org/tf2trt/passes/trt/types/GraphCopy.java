// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Value;

/** A copy of a body for a node that takes the place of its owner. */
final class GraphCopy {
  private final Map<Value, Value> values = new IdentityHashMap<>();

  private GraphCopy() {}

  static Graph of(Graph body) {
    return new GraphCopy().graph(body);
  }

  private Graph graph(Graph body) {
    Graph copy = new Graph(body.name());
    body.params().forEach(p -> values.put(p, copy.addParam(p.name(), p.type())));
    for (Node n : body.nodes()) {
      List<Graph> bodies = n.bodies().stream().map(this::graph).toList();
      Node made =
          copy.append(
              new NodeSpec(
                  n.op(),
                  n.inputs().stream().map(this::value).toList(),
                  n.attrs(),
                  n.results().stream().map(Value::type).toList(),
                  bodies,
                  n.provenance()));
      for (int i = 0; i < n.results().size(); i++) {
        values.put(n.result(i), made.result(i));
      }
    }
    for (int i = 0; i < body.outputs().size(); i++) {
      copy.addOutput(body.outputNames().get(i), value(body.outputs().get(i)));
    }
    return copy;
  }

  /** Values of the graphs around stay. */
  private Value value(Value v) {
    return values.getOrDefault(v, v);
  }
}
