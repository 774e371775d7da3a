// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/** Finds nodes that change variables, also inside the functions that a graph calls. */
final class Writes {
  private static final Set<String> OPS =
      Set.of(
          "Assign",
          "AssignAdd",
          "AssignSub",
          "AssignVariableOp",
          "AssignAddVariableOp",
          "AssignSubVariableOp",
          "ScatterUpdate",
          "ScatterAdd",
          "ScatterSub",
          "ScatterNdUpdate",
          "ScatterNdAdd",
          "ScatterNdSub",
          "ResourceScatterUpdate",
          "ResourceScatterAdd",
          "ResourceScatterSub",
          "ResourceScatterNdUpdate",
          "ResourceScatterNdAdd",
          "ResourceScatterNdSub",
          "ResourceStridedSliceAssign",
          "StridedSliceAssign");

  private final Edges edges;

  /** Whether there is any write; most graphs have none, so that nothing has to be walked. */
  private final Map<Map<String, NodeDef>, Boolean> any = new IdentityHashMap<>();

  /** What stands before a call, by the scope of its body. */
  private final Map<Scope, List<NodeDef>> beforeCalls = new IdentityHashMap<>();

  Writes(Edges edges) {
    this.edges = edges;
  }

  static boolean isWrite(NodeDef node) {
    return OPS.contains(node.getOp());
  }

  /**
   * A write of the variable among the nodes that {@code inputs} come from, near or far.
   *
   * @param inputs as nodes list them, control edges included
   */
  Optional<NodeDef> before(Scope scope, List<String> inputs, TensorRef variable) {
    return first(scope, writers(scope, inputs), variable);
  }

  /** The same for the inputs of a call. Asked for each variable read in it, so it walks once. */
  Optional<NodeDef> beforeCall(Scope called, TensorRef variable) {
    List<NodeDef> writers = beforeCalls.get(called);
    if (writers == null) {
      writers = writers(called.caller(), called.call().getInputList());
      beforeCalls.put(called, writers);
    }
    return first(called.caller(), writers, variable);
  }

  /** A write of the variable in a called function, or in what that calls. */
  Optional<NodeDef> within(Scope called, TensorRef variable) {
    if (!any(called.nodes())) {
      return Optional.empty();
    }
    return called.nodes().values().stream()
        .flatMap(n -> in(called, n, variable).stream())
        .findFirst();
  }

  private Optional<NodeDef> first(Scope scope, List<NodeDef> writers, TensorRef variable) {
    for (NodeDef writer : writers) {
      Optional<NodeDef> write = in(scope, writer, variable);
      if (write.isPresent()) {
        return write;
      }
    }
    return Optional.empty();
  }

  /** Nodes that write some variable, or call what does, among those that the inputs come from. */
  private List<NodeDef> writers(Scope scope, List<String> inputs) {
    List<NodeDef> writers = new ArrayList<>();
    if (inputs.isEmpty() || !any(scope.nodes())) {
      return writers;
    }
    Deque<String> work = new ArrayDeque<>(inputs);
    Set<String> seen = new HashSet<>();
    while (!work.isEmpty()) {
      String name = Edges.producer(work.pop());
      Optional<NodeDef> node = scope.find(name);
      if (node.isPresent() && seen.add(name)) {
        if (changes(node.get())) {
          writers.add(node.get());
        }
        work.addAll(node.get().getInputList());
      }
    }
    return writers;
  }

  /** The node when it writes the variable, or the node that does in what it calls. */
  private Optional<NodeDef> in(Scope scope, NodeDef node, TensorRef variable) {
    if (isWrite(node)) {
      boolean same = edges.inputs(scope, node).stream().limit(1).anyMatch(variable::equals);
      return same ? Optional.of(node) : Optional.empty();
    }
    if (!changes(node)) {
      return Optional.empty();
    }
    return edges.called(scope, node).stream()
        .flatMap(
            inner -> inner.nodes().values().stream().flatMap(n -> in(inner, n, variable).stream()))
        .findFirst();
  }

  private boolean any(Map<String, NodeDef> nodes) {
    Boolean known = any.get(nodes);
    if (known == null) {
      any.put(nodes, false); // for functions that call themselves
      known = anyOf(nodes.values());
      any.put(nodes, known);
    }
    return known;
  }

  private boolean anyOf(Collection<NodeDef> nodes) {
    return nodes.stream().anyMatch(this::changes);
  }

  private boolean changes(NodeDef node) {
    return isWrite(node) || edges.callees(node).stream().anyMatch(f -> any(f.nodes()));
  }
}
