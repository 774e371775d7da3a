// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Loops of TensorFlow 1: {@code Merge} joins what {@code Enter} brings in and {@code NextIteration}
 * brings back, {@code Switch} sends it into the body or, by way of {@code Exit}, out.
 */
final class Frames {
  private final Edges edges;
  private final Map<TensorRef, Frame> byCondition = new LinkedHashMap<>();

  /**
   * A loop variable.
   *
   * @param merge where an iteration reads it
   * @param first what comes in, outside of the loop
   * @param next what an iteration gives
   * @param exits nodes that bring it out
   */
  record Variable(TensorRef merge, TensorRef first, TensorRef next, List<String> exits) {}

  /**
   * One loop.
   *
   * @param condition what LoopCond reads
   * @param outside everything that the loop reads from around it, its first values too
   */
  record Frame(
      Scope scope,
      String name,
      TensorRef condition,
      List<Variable> variables,
      List<TensorRef> outside) {}

  Frames(Edges edges) {
    this.edges = edges;
  }

  static boolean isExit(NodeDef node) {
    return node.getOp().equals("Exit") || node.getOp().equals("RefExit");
  }

  static boolean isEnter(NodeDef node) {
    return node.getOp().equals("Enter") || node.getOp().equals("RefEnter");
  }

  static boolean isMerge(NodeDef node) {
    return node.getOp().equals("Merge") || node.getOp().equals("RefMerge");
  }

  static boolean isNext(NodeDef node) {
    return node.getOp().equals("NextIteration") || node.getOp().equals("RefNextIteration");
  }

  static boolean isLoopCondition(NodeDef node) {
    return node.getOp().equals("LoopCond");
  }

  /** A Merge that a NextIteration leads to. */
  static boolean isLoopMerge(Scope scope, NodeDef node) {
    return isMerge(node)
        && node.getInputList().stream()
            .anyMatch(i -> producer(scope, i).filter(Frames::isNext).isPresent());
  }

  private static Optional<NodeDef> producer(Scope scope, String input) {
    return scope.find(input.split(":", -1)[0]);
  }

  /** The loop that an Exit leaves. */
  Frame left(Scope scope, NodeDef exit) {
    NodeDef out = node(scope, exit, 0);
    NodeDef condition = Switches.isSwitch(out) ? node(scope, out, 1) : out;
    if (!isLoopCondition(condition)) {
      throw Edges.malformed(scope, exit.getName(), "leaves no loop");
    }
    TensorRef key = new TensorRef(scope, condition.getName(), 0);
    Frame known = byCondition.get(key);
    if (known == null) {
      known = read(scope, condition);
      byCondition.put(key, known);
    }
    return known;
  }

  private NodeDef node(Scope scope, NodeDef reader, int input) {
    if (input >= reader.getInputCount()) {
      throw Edges.malformed(scope, reader.getName(), "lacks input " + input);
    }
    return scope.node(reader.getInput(input).split(":", -1)[0], reader.getName());
  }

  private Frame read(Scope scope, NodeDef condition) {
    List<Variable> variables = new ArrayList<>();
    String frame = "";
    Map<String, List<String>> exits = exits(scope);
    for (NodeDef out : scope.nodes().values()) {
      if (!Switches.isSwitch(out) || !node(scope, out, 1).getName().equals(condition.getName())) {
        continue;
      }
      NodeDef merge = node(scope, out, 0);
      NodeDef enter = null;
      NodeDef next = null;
      for (int i = 0; i < merge.getInputCount() && isMerge(merge); i++) {
        NodeDef in = merge.getInput(i).startsWith("^") ? merge : node(scope, merge, i);
        enter = isEnter(in) ? in : enter;
        next = isNext(in) ? in : next;
      }
      if (enter == null || next == null) {
        throw Edges.malformed(scope, out.getName(), "is of a loop, but carries no loop variable");
      }
      frame = name(enter);
      variables.add(
          new Variable(
              new TensorRef(scope, merge.getName(), 0),
              edges.inputs(scope, enter).get(0),
              edges.inputs(scope, next).get(0),
              exits.getOrDefault(out.getName(), List.of())));
    }
    TensorRef goesOn = edges.inputs(scope, condition).get(0);
    return new Frame(scope, frame, goesOn, variables, outside(frame, goesOn, variables));
  }

  private static Map<String, List<String>> exits(Scope scope) {
    Map<String, List<String>> exits = new LinkedHashMap<>();
    for (NodeDef n : scope.nodes().values()) {
      if (isExit(n)) {
        String from = n.getInput(0).split(":", -1)[0];
        exits.computeIfAbsent(from, f -> new ArrayList<>()).add(n.getName());
      }
    }
    return exits;
  }

  private static String name(NodeDef enter) {
    return enter.getAttrMap().containsKey("frame_name")
        ? enter.getAttrOrThrow("frame_name").getS().toStringUtf8()
        : "";
  }

  /** What Enter nodes of the frame bring in. */
  private List<TensorRef> outside(String frame, TensorRef condition, List<Variable> variables) {
    Set<TensorRef> outside = new LinkedHashSet<>();
    Set<TensorRef> seen = new HashSet<>();
    Deque<TensorRef> open = new ArrayDeque<>();
    open.add(condition);
    for (Variable v : variables) {
      outside.add(v.first());
      seen.add(v.merge());
      open.add(v.next());
    }
    while (!open.isEmpty()) {
      TensorRef at = open.poll();
      if (!seen.add(new TensorRef(at.scope(), at.node(), 0))) {
        continue;
      }
      NodeDef n = at.scope().find(at.node()).orElse(null);
      if (n == null) {
        continue;
      }
      if (isEnter(n) && name(n).equals(frame)) {
        outside.addAll(edges.inputs(at.scope(), n));
      } else {
        open.addAll(edges.allInputs(at.scope(), n));
      }
    }
    return List.copyOf(outside);
  }

  /** Whether an iteration hands the variable on unchanged. */
  boolean isConstant(Variable variable) {
    TensorRef at = variable.next();
    for (int step = 0; step < 64; step++) {
      at = edges.throughIdentities(at);
      NodeDef n = at.scope().find(at.node()).orElse(null);
      if (n == null || !Switches.isSwitch(n)) {
        return at.equals(variable.merge());
      }
      at = edges.inputs(at.scope(), n).get(0);
    }
    return false;
  }
}
