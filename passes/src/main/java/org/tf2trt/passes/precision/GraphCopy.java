// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/** Copies a graph node by node, so that others can be put between. The original stays as it is. */
final class GraphCopy {
  private final Graph made;
  private final Map<Value, Value> copies = new IdentityHashMap<>();

  GraphCopy(Graph from) {
    made = new Graph(from.name());
    from.params().forEach(p -> copies.put(p, made.addParam(p.name(), p.type())));
  }

  Graph graph() {
    return made;
  }

  /** What stands for this value of the original; constants are copied at their first use. */
  Value read(Value v) {
    if (v instanceof Value.Constant c) {
      return copies.computeIfAbsent(v, k -> new Value.Constant(c.data(), c.provenance()));
    }
    return v.isPresent() ? copies.get(v) : v;
  }

  /** Readers that are copied from now on read {@code copy}. */
  void put(Value original, Value copy) {
    copies.put(original, copy);
  }

  /** A copy with its bodies. */
  Node node(Node n) {
    return node(n, n.inputs().stream().map(this::read).toList(), made);
  }

  /** A copy with other inputs. */
  Node node(Node n, List<Value> inputs) {
    return node(n, inputs, made);
  }

  private Node node(Node n, List<Value> inputs, Graph into) {
    List<Graph> bodies = n.bodies().stream().map(this::body).toList();
    List<TensorType> types = n.results().stream().map(Value::type).toList();
    Node copy = into.append(new NodeSpec(n.op(), inputs, n.attrs(), types, bodies, n.provenance()));
    for (int i = 0; i < n.results().size(); i++) {
      copies.put(n.result(i), copy.result(i));
    }
    return copy;
  }

  private Graph body(Graph from) {
    Graph to = new Graph(from.name());
    from.params().forEach(p -> copies.put(p, to.addParam(p.name(), p.type())));
    from.nodes().forEach(n -> node(n, n.inputs().stream().map(this::read).toList(), to));
    outputs(from, to);
    return to;
  }

  /** The outputs of {@code from}, whose nodes were copied to {@code to}. */
  void outputs(Graph from, Graph to) {
    List<Value> outputs = new ArrayList<>(from.outputs());
    for (int i = 0; i < outputs.size(); i++) {
      to.addOutput(from.outputNames().get(i), read(outputs.get(i)));
    }
  }

  /** A new node with one result. */
  Value op(String op, Map<String, Attr> attrs, TensorType type, Value... inputs) {
    NodeSpec spec =
        NodeSpec.of(
            "onnx." + op, List.of(inputs), attrs, List.of(type), new Provenance.Synthetic("probe"));
    return made.append(spec).result();
  }
}
