// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * The writes of variables that a call of the model executes: in the main graph those that the
 * outputs need or wait for, in a function all, because it runs every stateful node it has.
 */
final class ExecutedWrites {
  private final Edges edges;
  private final List<Access> plain = new ArrayList<>();
  private final List<Access> inFlow = new ArrayList<>();

  private ExecutedWrites(Edges edges) {
    this.edges = edges;
  }

  /**
   * Walks the main graph from nodes backwards.
   *
   * @param from nodes of the main graph that run
   * @param cut nodes of it whose outputs are inputs of the model
   */
  static ExecutedWrites find(Edges edges, Scope main, Collection<String> from, Set<String> cut) {
    ExecutedWrites found = new ExecutedWrites(edges);
    Deque<String> work = new ArrayDeque<>(from);
    Set<String> seen = new HashSet<>(from);
    while (!work.isEmpty()) {
      String name = work.pop();
      if (cut.contains(name)) {
        continue;
      }
      NodeDef node = main.node(name, name);
      found.add(main, node, false);
      node.getInputList().stream()
          .map(Edges::producer)
          .filter(n -> main.find(n).isPresent())
          .filter(seen::add)
          .forEach(work::push);
    }
    return found;
  }

  private void add(Scope scope, NodeDef node, boolean inBody) {
    if (Writes.isWrite(node)) {
      boolean conditional = inBody || Conditional.is(scope, node);
      (conditional ? inFlow : plain).add(new Access(scope, node.getName()));
      return;
    }
    if (edges.callees(node).isEmpty()) {
      return;
    }
    for (Scope called : edges.called(scope, node)) {
      called.nodes().values().forEach(n -> add(called, n, inBody || FlowOps.isFlow(node)));
    }
  }

  /** Those that always run, once. */
  List<Access> plain() {
    return plain;
  }

  /** Those in branches and loops. */
  List<Access> inFlow() {
    return inFlow;
  }

  /** Whether a node of a TensorFlow 1 graph runs in a branch or a loop only. */
  private static final class Conditional {
    private static final Set<String> ENTRANCES =
        Set.of("Switch", "RefSwitch", "Enter", "RefEnter", "NextIteration", "RefNextIteration");
    private static final Set<String> EXITS = Set.of("Merge", "RefMerge", "Exit", "RefExit");

    private Conditional() {}

    static boolean is(Scope scope, NodeDef node) {
      Deque<NodeDef> work = new ArrayDeque<>(List.of(node));
      Set<String> seen = new HashSet<>();
      while (!work.isEmpty()) {
        NodeDef at = work.pop();
        if (ENTRANCES.contains(at.getOp())) {
          return true;
        }
        if (!EXITS.contains(at.getOp())) {
          at.getInputList().stream()
              .map(Edges::producer)
              .filter(seen::add)
              .forEach(n -> scope.find(n).ifPresent(work::push));
        }
      }
      return false;
    }
  }
}
