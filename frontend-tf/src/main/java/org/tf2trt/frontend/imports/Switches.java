// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.NodeDef;

/**
 * Conditionals of TensorFlow 1: {@code Switch} sends a tensor to one of its outputs, {@code Merge}
 * takes whichever of its inputs arrives. What decides about an input of a Merge is found from the
 * Switch nodes that it depends on, by data or by control.
 */
final class Switches {
  private final Edges edges;
  private final Map<TensorRef, Set<Gate>> gates = new HashMap<>();

  /** Predicates that are indices. */
  private final Set<TensorRef> indices = new HashSet<>();

  /** A tensor arrives only if the predicate selects this output. */
  record Gate(TensorRef predicate, int output) {}

  /** How a Merge decides: by one of its inputs, or by a predicate. */
  sealed interface Decision permits Take, Ask {}

  /** Input {@code index} of the Merge, a tensor. */
  record Take(int index, TensorRef value) implements Decision {}

  /**
   * A predicate and what follows from each of its values.
   *
   * @param indexed the predicate is an index, not a bool
   */
  record Ask(TensorRef predicate, boolean indexed, Map<Integer, Decision> answers)
      implements Decision {}

  Switches(Edges edges) {
    this.edges = edges;
  }

  static boolean isSwitch(NodeDef node) {
    return node.getOp().equals("Switch")
        || node.getOp().equals("RefSwitch")
        || node.getOp().equals("_SwitchN");
  }

  /** How a Merge outside of loops decides. */
  Decision decision(Scope scope, NodeDef merge) {
    List<TensorRef> inputs = edges.inputs(scope, merge);
    List<Take> takes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      takes.add(new Take(i, inputs.get(i)));
    }
    return decide(scope, merge, takes, new HashSet<>());
  }

  private Decision decide(Scope scope, NodeDef merge, List<Take> takes, Set<TensorRef> asked) {
    if (takes.size() == 1) {
      return takes.get(0);
    }
    List<Set<Gate>> all = takes.stream().map(t -> gates(t.value())).toList();
    for (Gate candidate : all.get(0)) {
      Map<Integer, List<Take>> sides = sides(candidate.predicate(), takes, all);
      if (sides.size() < 2 || asked.contains(candidate.predicate())) {
        continue;
      }
      Set<TensorRef> known = new HashSet<>(asked);
      known.add(candidate.predicate());
      Map<Integer, Decision> answers = new LinkedHashMap<>();
      sides.forEach((side, some) -> answers.put(side, decide(scope, merge, some, known)));
      return new Ask(candidate.predicate(), indexed(candidate.predicate()), answers);
    }
    throw Edges.malformed(
        scope, merge.getName(), "nothing tells which input of this Merge arrives");
  }

  /** The inputs by what the predicate has to be for them; empty when one does not ask it. */
  private static Map<Integer, List<Take>> sides(
      TensorRef predicate, List<Take> takes, List<Set<Gate>> gates) {
    Map<Integer, List<Take>> sides = new TreeMap<>();
    for (int i = 0; i < takes.size(); i++) {
      Optional<Gate> gate =
          gates.get(i).stream().filter(g -> g.predicate().equals(predicate)).findFirst();
      if (gate.isEmpty()) {
        return Map.of();
      }
      sides.computeIfAbsent(gate.get().output(), s -> new ArrayList<>()).add(takes.get(i));
    }
    return sides;
  }

  private boolean indexed(TensorRef predicate) {
    return indices.contains(predicate);
  }

  /** Everything that has to be so for a tensor to arrive. */
  private Set<Gate> gates(TensorRef wanted) {
    Deque<TensorRef> open = new ArrayDeque<>();
    Set<TensorRef> entered = new HashSet<>();
    open.push(key(wanted));
    while (!open.isEmpty()) {
      TensorRef at = open.peek();
      if (gates.containsKey(at)) {
        open.pop();
        continue;
      }
      NodeDef node = at.scope().find(at.node()).orElse(null);
      List<TensorRef> inputs = node == null ? List.of() : before(at.scope(), node);
      boolean first = entered.add(at);
      if (first) {
        inputs.stream().filter(i -> !gates.containsKey(i)).forEach(open::push);
      }
      if (!first || open.peek().equals(at)) {
        gates.put(at, node == null ? Set.of() : gates(at, node, inputs));
        open.pop();
      }
    }
    return gates.get(key(wanted));
  }

  /** What arrives before a node does; of a Switch, what it sends and its predicate. */
  private List<TensorRef> before(Scope scope, NodeDef node) {
    List<TensorRef> before = new ArrayList<>();
    edges.inputs(scope, node).forEach(r -> before.add(key(r)));
    edges.controls(scope, node).forEach(r -> before.add(key(r)));
    return before;
  }

  private Set<Gate> gates(TensorRef at, NodeDef node, List<TensorRef> inputs) {
    Set<Gate> found = new LinkedHashSet<>();
    boolean merges = Frames.isMerge(node) && !Frames.isLoopMerge(at.scope(), node);
    if (merges) {
      List<TensorRef> data = edges.inputs(at.scope(), node);
      found.addAll(gates.getOrDefault(key(data.get(0)), Set.of()));
      data.forEach(r -> found.retainAll(gates.getOrDefault(key(r), Set.of())));
      return found;
    }
    if (isSwitch(node)) {
      TensorRef predicate = edges.throughIdentities(edges.inputs(at.scope(), node).get(1));
      boolean loops =
          predicate.scope().find(predicate.node()).filter(Frames::isLoopCondition).isPresent();
      if (!loops) {
        found.add(new Gate(predicate, at.index())); // the nearest one first
        if (node.getOp().equals("_SwitchN")) {
          indices.add(predicate);
        }
      }
    }
    inputs.forEach(r -> found.addAll(gates.getOrDefault(r, Set.of())));
    return found;
  }

  /** Only outputs of a Switch differ in when they arrive. */
  private static TensorRef key(TensorRef ref) {
    boolean differs = ref.scope().find(ref.node()).filter(Switches::isSwitch).isPresent();
    return differs || ref.index() == 0 ? ref : new TensorRef(ref.scope(), ref.node(), 0);
  }

  /**
   * What a decision reads from outside of its branches: the first predicate, and what Switch nodes
   * of that predicate send.
   */
  List<TensorRef> outside(Decision decision) {
    if (!(decision instanceof Ask ask)) {
      return List.of(((Take) decision).value());
    }
    Set<TensorRef> outside = new LinkedHashSet<>();
    outside.add(ask.predicate());
    Set<TensorRef> seen = new HashSet<>();
    Deque<TensorRef> open = new ArrayDeque<>();
    ask.answers().values().forEach(d -> read(d, open));
    while (!open.isEmpty()) {
      TensorRef at = open.poll();
      NodeDef n = at.scope().find(at.node()).orElse(null);
      if (n == null || !seen.add(new TensorRef(at.scope(), at.node(), 0))) {
        continue;
      }
      List<TensorRef> inputs = edges.allInputs(at.scope(), n);
      if (isSwitch(n) && edges.throughIdentities(inputs.get(1)).equals(ask.predicate())) {
        outside.add(inputs.get(0));
      } else {
        open.addAll(inputs);
      }
    }
    return List.copyOf(outside);
  }

  private static void read(Decision decision, Deque<TensorRef> into) {
    if (decision instanceof Take take) {
      into.add(take.value());
    } else {
      Ask ask = (Ask) decision;
      into.add(ask.predicate());
      ask.answers().values().forEach(d -> read(d, into));
    }
  }
}
