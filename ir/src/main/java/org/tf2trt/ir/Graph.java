// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An SSA graph: named parameters, nodes in definition-before-use order, named outputs. Output names
 * belong to the graph, not to the values, so rewriting a value never renames the interface. A graph
 * that is the body of a node may read values of the graphs around it.
 */
public final class Graph {
  private final String name;
  private final List<Value.Param> params = new ArrayList<>();
  private final List<String> outputNames = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private Node owner;
  private Node first;
  private Node last;
  private int size;

  public Graph(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  public String name() {
    return name;
  }

  /** The node this graph is a body of, or empty at the top level. */
  public Optional<Node> owner() {
    return Optional.ofNullable(owner);
  }

  public List<Value.Param> params() {
    return Collections.unmodifiableList(params);
  }

  public List<Value> outputs() {
    return Collections.unmodifiableList(outputs);
  }

  public List<String> outputNames() {
    return Collections.unmodifiableList(outputNames);
  }

  /** The number of nodes, bodies not counted. */
  public int size() {
    return size;
  }

  /** A snapshot in definition order, safe to iterate while the graph changes. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(size);
    for (Node n = first; n != null; n = n.next) {
      nodes.add(n);
    }
    return nodes;
  }

  /** The first node in definition order, or null when there is none. */
  public Node first() {
    return first;
  }

  public Value.Param addParam(String paramName, TensorType type) {
    Value.Param param = new Value.Param(this, paramName, type);
    params.add(param);
    return param;
  }

  /**
   * Puts a parameter of the same name and another type in the place of {@code old}. Its uses do not
   * follow, as the types differ: redirect them before the graph is verified.
   */
  public Value.Param replaceParam(Value.Param old, TensorType type) {
    int index = params.indexOf(old);
    if (index < 0) {
      throw new IllegalArgumentException(
          "parameter " + old.name() + " is not of graph " + name + "; addParam makes a new one");
    }
    Value.Param param = new Value.Param(this, old.name(), type);
    params.set(index, param);
    return param;
  }

  /** Takes out a parameter that nothing reads. */
  public void removeParam(Value.Param param) {
    if (!params.contains(param)) {
      throw new IllegalArgumentException(
          "parameter " + param.name() + " is not of graph " + name + "; it may be out already");
    }
    if (!param.uses().isEmpty()) {
      throw new IllegalStateException(
          "cannot take out parameter "
              + param.name()
              + ": it is still used; replaceAllUsesWith first");
    }
    params.remove(param);
  }

  public void addOutput(String outputName, Value value) {
    Objects.requireNonNull(outputName, "outputName");
    value.addUse(new Use.Output(this, outputs.size()));
    outputNames.add(outputName);
    outputs.add(value);
  }

  public void setOutput(int index, Value value) {
    Objects.requireNonNull(value, "value");
    Use.Output use = new Use.Output(this, index);
    outputs.set(index, value).removeUse(use);
    value.addUse(use);
  }

  public Node append(NodeSpec spec) {
    return insertBefore(null, spec);
  }

  /** Inserts before {@code anchor}, or at the end when {@code anchor} is null. */
  public Node insertBefore(Node anchor, NodeSpec spec) {
    requireMine(anchor);
    Node node = new Node(this, spec);
    link(node, anchor);
    return node;
  }

  /** Moves a node of this graph before {@code anchor} (null: to the end), keeping its uses. */
  public void moveBefore(Node node, Node anchor) {
    requireMine(Objects.requireNonNull(node, "node"));
    requireMine(anchor);
    if (node == anchor) {
      throw new IllegalArgumentException(node + " cannot move before itself");
    }
    detach(node);
    link(node, anchor);
  }

  private void requireMine(Node node) {
    if (node != null && (node.graph() != this || node.isErased())) {
      throw new IllegalArgumentException(node + " is not a node of graph " + name);
    }
  }

  private void link(Node node, Node anchor) {
    Node before = anchor == null ? last : anchor.prev;
    node.prev = before;
    node.next = anchor;
    if (before == null) {
      first = node;
    } else {
      before.next = node;
    }
    if (anchor == null) {
      last = node;
    } else {
      anchor.prev = node;
    }
    size++;
  }

  void unlink(Node node) {
    detach(node);
    node.prev = null;
    node.next = null;
  }

  private void detach(Node node) {
    if (node.prev == null) {
      first = node.next;
    } else {
      node.prev.next = node.next;
    }
    if (node.next == null) {
      last = node.prev;
    } else {
      node.next.prev = node.prev;
    }
    size--;
  }

  /** Refuses a body of another node and a graph that {@code newOwner} stands in. */
  void adopt(Node newOwner) {
    if (owner != null) {
      throw new IllegalStateException("graph " + name + " is already a body of " + owner);
    }
    for (Graph g = newOwner.graph(); g != null; g = g.owner == null ? null : g.owner.graph()) {
      if (g == this) {
        throw new IllegalStateException("graph " + name + " cannot be a body of its own node");
      }
    }
    owner = newOwner;
  }

  void disown() {
    owner = null;
  }

  void dropOutputUses() {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).removeUse(new Use.Output(this, i));
    }
  }
}
