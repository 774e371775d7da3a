// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The main graph, or one call of a function: its nodes, and what they became. */
final class Scope {
  private final Scope caller;
  private final NodeDef call;
  private final FunctionBody body;
  private final Map<String, NodeDef> nodes;
  private final Map<String, AttrValue> callAttrs;
  private final String path;
  private final int skipped;
  private Set<Integer> variables = Set.of();
  private List<String> arguments;
  private Map<String, Integer> outputsRead;
  final Map<String, List<Value>> imported = new HashMap<>();
  final Map<String, Scope> calls = new LinkedHashMap<>();

  private Scope(
      Scope caller,
      NodeDef call,
      FunctionBody body,
      Map<String, NodeDef> nodes,
      Map<String, AttrValue> callAttrs,
      String path,
      int skipped) {
    this.caller = caller;
    this.call = call;
    this.body = body;
    this.nodes = nodes;
    this.callAttrs = callAttrs;
    this.path = path;
    this.skipped = skipped;
  }

  /** The main graph. */
  static Scope main(List<NodeDef> defs) {
    return new Scope(null, null, null, index(defs, "the graph"), Map.of(), "", 0);
  }

  /**
   * A call of {@code callee} by {@code node}; refuses a function that is already being called.
   *
   * @param skip inputs of the node before the first argument, such as the predicate of an If
   */
  Scope enter(NodeDef node, FunctionBody callee, Map<String, AttrValue> attrs, int skip) {
    for (Scope s = this; s != null; s = s.caller) {
      if (s.body != null && s.body.name().equals(callee.name())) {
        throw DiagnosticException.of(
            Code.RECURSIVE_FUNCTION,
            "'" + qualify(node.getName()) + "'",
            "function " + callee.name() + " calls itself",
            "a recursive function has no finite graph; unroll it in the model");
      }
    }
    return new Scope(this, node, callee, callee.nodes(), attrs, qualify(node.getName()), skip);
  }

  static Map<String, NodeDef> index(List<NodeDef> defs, String where) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    for (NodeDef def : defs) {
      if (nodes.put(def.getName(), def) != null) {
        throw DiagnosticException.of(
            Code.MALFORMED_GRAPH,
            "'" + def.getName() + "'",
            "two nodes of " + where + " have this name",
            "export the model again");
      }
    }
    return nodes;
  }

  boolean isMain() {
    return caller == null;
  }

  Scope caller() {
    return caller;
  }

  /** What the call gives as arguments, in order. */
  List<String> arguments() {
    if (arguments == null) {
      arguments =
          call.getInputList().stream().filter(i -> !i.startsWith("^")).skip(skipped).toList();
    }
    return arguments;
  }

  /**
   * The arguments that stand for themselves rather than for what the call gives: loop variables.
   */
  void variables(Set<Integer> indices) {
    variables = indices;
  }

  boolean isVariable(int argument) {
    return variables.contains(argument);
  }

  NodeDef call() {
    return call;
  }

  FunctionBody body() {
    return body;
  }

  Map<String, AttrValue> callAttrs() {
    return callAttrs;
  }

  /** The call path, node names joined by '/'; empty for the main graph. */
  String path() {
    return path;
  }

  String qualify(String node) {
    return path.isEmpty() ? node : path + "/" + node;
  }

  Map<String, NodeDef> nodes() {
    return nodes;
  }

  Optional<NodeDef> find(String node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /** How many outputs of a node other nodes of this scope read, as far as their inputs tell. */
  int outputsRead(String name) {
    if (outputsRead == null) {
      outputsRead = new HashMap<>();
      for (NodeDef def : nodes.values()) {
        for (String input : def.getInputList()) {
          String[] parts = input.split(":", -1);
          String last = parts[parts.length - 1];
          boolean indexed = parts.length > 1 && last.matches("[0-9]{1,4}");
          outputsRead.merge(parts[0], indexed ? Integer.parseInt(last) + 1 : 1, Math::max);
        }
      }
    }
    return outputsRead.getOrDefault(name, 0);
  }

  NodeDef node(String name, String reader) {
    NodeDef def = nodes.get(name);
    if (def == null) {
      throw DiagnosticException.of(
          Code.MALFORMED_GRAPH,
          "'" + qualify(reader) + "'",
          "reads '" + name + "', which does not exist",
          "the file is damaged or was cut wrongly; export the model again");
    }
    return def;
  }
}
