// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * While as ONNX Loop. Counters are computed from the number of the iteration, lists that get one
 * element each time become scan outputs, and variables that nobody needs are gone.
 */
final class LoopLowering {
  /** Larger than any loop runs, and still a 32-bit number, which TensorRT wants. */
  private static final long ENDLESS = Integer.MAX_VALUE;

  private static final int MAX_ROUNDS = 6;

  private final TfNode node;
  private final Node loop;
  private final OnnxBuilder build;

  LoopLowering(TfNode node, OnnxBuilder build) {
    this.node = node;
    this.loop = node.origin();
    this.build = build;
  }

  List<Value> lower() {
    hoist();
    LoopPlan plan = LoopPlan.of(loop);
    Value limit = plan.trips().iterations(build).orElse(Counter.number(build, ENDLESS));
    Value first = plan.trips().complete() ? OnnxBuilder.absent() : first();
    if (isNever(limit) || first.constant().filter(c -> c.longs()[0] == 0).isPresent()) {
      return loop.inputs();
    }
    Map<Integer, Value> initial = new LinkedHashMap<>();
    for (int i : plan.carried()) {
      initial.put(i, loop.input(i));
    }
    Graph body = settle(plan, initial);
    Set<Integer> uneven = uneven(plan, body);
    if (!uneven.isEmpty()) {
      for (int i : uneven) {
        initial.put(i, new Lists(node, build).none(item(plan, body, i)));
      }
      GraphCopy.discard(body, loop.graph());
      plan = plan.joining(uneven);
      Map<Integer, Value> sorted = new TreeMap<>(initial);
      initial.clear();
      initial.putAll(sorted);
      body = settle(plan, initial);
    }
    List<Value> inputs = new ArrayList<>(List.of(limit, first));
    inputs.addAll(initial.values());
    List<Value> made =
        build.ops("Loop", body.outputs().size() - 1, Map.of(), inputs, List.of(body));
    return results(plan, limit, made);
  }

  /** Lists of elements that may differ in length, which only their concatenation holds. */
  private Set<Integer> uneven(LoopPlan plan, Graph body) {
    Set<Integer> uneven = new TreeSet<>();
    for (int i : plan.collected().keySet()) {
      Shape shape = item(plan, body, i).shape();
      boolean open = shape.isRanked() && shape.rank() > 0 && !shape.dim(0).isKnown();
      if (open && LoopPlan.isOnlyConcatenated(loop.result(i))) {
        uneven.add(i);
      }
    }
    return uneven;
  }

  /** What a collected list gets in an iteration. */
  private static Value item(LoopPlan plan, Graph body, int list) {
    int at = List.copyOf(plan.collected().keySet()).indexOf(list);
    return body.outputs().get(1 + plan.carried().size() + at);
  }

  private void hoist() {
    List<Node> moved = LoopInvariants.hoist(loop);
    if (!moved.isEmpty()) {
      Graph held = new Graph("moved");
      moved.forEach(n -> n.results().forEach(r -> held.addOutput("o" + held.outputs().size(), r)));
      node.lower(moved, held);
      GraphCopy.discard(held, loop.graph());
    }
  }

  private static boolean isNever(Value limit) {
    return limit.constant().filter(c -> c.longs()[0] == 0).isPresent();
  }

  /** Whether the loop is entered at all. */
  private Value first() {
    Graph condition = loop.bodies().get(0);
    Value v = Inlining.before(node, condition, loop.inputs(), List.of(0)).get(0);
    return Predicates.truth(node, build, v);
  }

  /**
   * The lowered body under the most that can be said of the variables' shapes: what holds at first
   * and after every iteration. A round assumes it, and the next assumes less where it was wrong.
   *
   * @param initial lists among them become tensors
   */
  private Graph settle(LoopPlan plan, Map<Integer, Value> initial) {
    Map<Integer, TensorType> types = new LinkedHashMap<>();
    initial.forEach((i, v) -> types.put(i, v.type()));
    for (int round = 1; ; round++) {
      Graph body = new LoopBody(node, build, plan).lower(initial, types);
      boolean holds = true;
      int output = 1;
      for (int i : plan.carried()) {
        Value out = body.outputs().get(output++);
        TensorType better;
        if (Lists.isOpen(initial.get(i))) {
          initial.put(i, opened(i, initial.get(i), out));
          better = initial.get(i).type();
        } else {
          Shape before = types.get(i).shape();
          Shape after = round < MAX_ROUNDS ? before.join(out.shape()) : Shape.UNRANKED;
          better = out.type().withShape(after.equals(before) ? before : after);
          holds &= before.join(out.shape()).equals(before);
        }
        holds &= better.dtype() == types.get(i).dtype();
        types.put(i, better);
      }
      if (holds) {
        return body;
      }
      GraphCopy.discard(body, loop.graph());
    }
  }

  /** A list whose elements the first round has shown. */
  private Value opened(int i, Value list, Value out) {
    if (Lists.isOpen(out)) {
      throw node.refuse(
          "loop variable " + i + " is a list whose elements are not known",
          "give the list an element_shape in the model");
    }
    return new Lists(node, build).tensor(list, Lists.elements(out));
  }

  private List<Value> results(LoopPlan plan, Value limit, List<Value> made) {
    List<Value> all =
        new ArrayList<>(Collections.nCopies(node.outputCount(), OnnxBuilder.absent()));
    int k = 0;
    for (int i : plan.carried()) {
      all.set(i, made.get(k++));
    }
    for (int i : plan.joined().keySet()) {
      all.set(i, Pieces.joined(loop, all.get(i), made.get(k++), build));
    }
    for (Map.Entry<Integer, LoopPlan.Collected> e : plan.collected().entrySet()) {
      all.set(e.getKey(), collected(loop.input(e.getKey()), e.getValue(), made.get(k++)));
    }
    for (Map.Entry<Integer, Counter> e : plan.counters().entrySet()) {
      if (!all.get(e.getKey()).isPresent() && !loop.result(e.getKey()).isUnused()) {
        all.set(e.getKey(), e.getValue().after(build, limit));
      }
    }
    return all;
  }

  /** What the list was, with the elements of the loop in their places. */
  private Value collected(Value list, LoopPlan.Collected how, Value rows) {
    Lists lists = new Lists(node, build);
    if (how.by() == null) {
      boolean empty = Lists.isOpen(list) && list.producer(Lists.EMPTY).isPresent();
      return empty ? rows : build.concat(0, lists.tensor(list, Lists.elements(rows)), rows);
    }
    long start = how.by().start().constant().orElseThrow().longs()[0];
    Value length = lists.length(list);
    if (Lists.isOpen(list) && start == 0) {
      return how.grows() && isZero(length)
          ? rows
          : lists.resize(rows, how.length(build, length, rows));
    }
    Value whole = lists.tensor(list, Lists.elements(rows));
    if (how.grows()) {
      whole = lists.resize(whole, how.length(build, length, rows));
    }
    Value from = build.ints(start);
    Value to = build.add(from, build.dim(rows, 0));
    Value end = build.ints(Long.MAX_VALUE);
    Value axis = build.ints(0);
    Value head = build.op("Slice", whole, build.ints(0), from, axis);
    Value tail = build.op("Slice", whole, to, end, axis);
    return build.concat(0, head, rows, tail);
  }

  private boolean isZero(Value length) {
    return build.values(length).filter(d -> d.get(0).is(0)).isPresent();
  }
}
