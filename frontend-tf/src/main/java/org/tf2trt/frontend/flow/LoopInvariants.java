// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.passes.rewrite.GraphCopy;

/** Moves out of a loop what is the same in every iteration. */
final class LoopInvariants {
  private LoopInvariants() {}

  /**
   * Moves nodes of the condition and the body, loops inside first.
   *
   * @return the nodes that now stand before the loop, in order
   */
  static List<Node> hoist(Node loop) {
    List<Node> moved = new ArrayList<>();
    for (Graph body : loop.bodies()) {
      inner(body);
      Set<Value> inside = new HashSet<>(body.params());
      for (Node n : body.nodes()) {
        if (moves(n, inside)) {
          moved.addAll(move(n, loop));
        } else {
          inside.addAll(n.results());
        }
      }
    }
    return moved;
  }

  private static void inner(Graph graph) {
    for (Node n : graph.nodes()) {
      if (n.is("tf.While")) {
        hoist(n);
      } else {
        n.bodies().forEach(LoopInvariants::inner);
      }
    }
  }

  private static boolean moves(Node n, Set<Value> inside) {
    return n.bodies().isEmpty() && n.inputs().stream().noneMatch(inside::contains) && isPure(n);
  }

  private static boolean isPure(Node n) {
    return n.is("tf.ReadVariableOp")
        || Schemas.tf(n.op().substring("tf.".length())).map(OpSchema::isPure).orElse(false);
  }

  private static List<Node> move(Node n, Node loop) {
    GraphCopy copy = new GraphCopy(Map.of());
    List<Node> made = copy.nodes(n.graph(), n.results(), loop.graph(), loop);
    for (Value r : n.results()) {
      if (!r.isUnused()) {
        r.replaceAllUsesWith(copy.of(r));
      }
    }
    n.erase();
    return made;
  }
}
