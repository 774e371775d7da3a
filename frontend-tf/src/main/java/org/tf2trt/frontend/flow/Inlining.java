// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.rewrite.GraphCopy;

/** Puts a body in the place of the node it belongs to. */
final class Inlining {
  private Inlining() {}

  /**
   * The lowered outputs of a body whose nodes are put before the node.
   *
   * @param arguments values for the body's parameters
   * @param indices the outputs that are wanted
   */
  static List<Value> before(TfNode node, Graph body, List<Value> arguments, List<Integer> indices) {
    Node at = node.origin();
    GraphCopy copy = new GraphCopy(arguments(body, arguments));
    List<Value> wanted = indices.stream().map(i -> body.outputs().get(i)).toList();
    List<Node> nodes = copy.nodes(body, wanted, at.graph(), at);
    Graph held = new Graph(body.name());
    for (int i = 0; i < wanted.size(); i++) {
      held.addOutput("output_" + i, copy.of(wanted.get(i)));
    }
    node.lower(nodes, held);
    List<Value> lowered = List.copyOf(held.outputs());
    GraphCopy.discard(held, at.graph());
    return lowered;
  }

  static Map<Value, Value> arguments(Graph body, List<Value> arguments) {
    Map<Value, Value> replaced = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      replaced.put(body.params().get(i), arguments.get(i));
    }
    return replaced;
  }

  /** The indices of results that something reads. */
  static List<Integer> used(Node node) {
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < node.results().size(); i++) {
      if (!node.result(i).isUnused()) {
        used.add(i);
      }
    }
    return used;
  }
}
