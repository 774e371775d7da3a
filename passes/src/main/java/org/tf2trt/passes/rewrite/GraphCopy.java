// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Value;

/**
 * Copies nodes of one graph into another, with values put in the place of its parameters. What is
 * neither copied nor replaced is read where it is, as a body reads what stands around it.
 */
public final class GraphCopy {
  private final Map<Value, Value> copies; // values are equal by identity

  /**
   * @param replaced what stands for values of the original: arguments for its parameters
   */
  public GraphCopy(Map<Value, Value> replaced) {
    this.copies = new HashMap<>(replaced);
  }

  /** What stands for a value of the original. */
  public Value of(Value original) {
    return copies.getOrDefault(original, original);
  }

  /**
   * Copies those nodes of {@code from} that {@code wanted} need, before {@code anchor} of {@code
   * into} (null: at its end), in their order.
   *
   * @return the copies
   */
  public List<Node> nodes(Graph from, List<Value> wanted, Graph into, Node anchor) {
    Set<Node> needed = needed(from, wanted);
    List<Node> made = new ArrayList<>();
    for (Node n = from.first(); n != null; n = n.next()) {
      if (needed.contains(n)) {
        made.add(copy(n, into, anchor));
      }
    }
    return made;
  }

  /** The nodes of {@code from} that values need; a value that is replaced needs none. */
  private Set<Node> needed(Graph from, List<Value> wanted) {
    Set<Node> needed = new HashSet<>();
    List<Value> open = new ArrayList<>(wanted);
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      Node n = v.producer().orElse(null);
      if (n != null && n.graph() == from && !copies.containsKey(v) && needed.add(n)) {
        read(n, open);
      }
    }
    return needed;
  }

  private static void read(Node node, List<Value> into) {
    into.addAll(node.inputs());
    for (Graph body : node.bodies()) {
      into.addAll(body.outputs());
      body.nodes().forEach(n -> read(n, into));
    }
  }

  private Node copy(Node n, Graph into, Node anchor) {
    List<Graph> bodies = n.bodies().stream().map(this::copy).toList();
    Node made =
        into.insertBefore(
            anchor,
            new NodeSpec(
                n.op(),
                n.inputs().stream().map(this::of).toList(),
                n.attrs(),
                n.results().stream().map(Value::type).toList(),
                bodies,
                n.provenance()));
    for (int i = 0; i < n.results().size(); i++) {
      copies.put(n.result(i), made.result(i));
    }
    return made;
  }

  /** A copy of a whole body. */
  private Graph copy(Graph body) {
    Graph made = new Graph(body.name());
    body.params().forEach(p -> copies.put(p, made.addParam(p.name(), p.type())));
    for (Node n = body.first(); n != null; n = n.next()) {
      copy(n, made, null);
    }
    for (int i = 0; i < body.outputs().size(); i++) {
      made.addOutput(body.outputNames().get(i), of(body.outputs().get(i)));
    }
    return made;
  }

  /** Lets go of a graph that was not put to use, so that nothing counts it as a reader. */
  public static void discard(Graph graph, Graph around) {
    around
        .append(
            new NodeSpec(
                "onnx.If",
                List.of(),
                Map.of(),
                List.of(),
                List.of(graph),
                new org.tf2trt.ir.Provenance.Synthetic("discard")))
        .erase();
  }
}
