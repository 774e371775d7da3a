// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tf2trt.frontend.lower.RaggedVariants;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * What becomes of each variable of a loop.
 *
 * @param counters variables that follow from the number of the iteration
 * @param collected lists that get one element in each iteration
 * @param carried variables that go from one iteration to the next, sorted
 * @param joined of the carried ones, lists that become the concatenation of their elements
 * @param trips what is known of the number of iterations
 */
record LoopPlan(
    Map<Integer, Counter> counters,
    Map<Integer, Collected> collected,
    Set<Integer> carried,
    Map<Integer, Value> joined,
    TripCount trips) {

  /**
   * A list that the loop fills.
   *
   * @param item what is written, in the body
   * @param by the counter that is the index; null for elements put at the end
   * @param grows whether an index past the end makes the list longer
   */
  record Collected(Value item, Counter by, boolean grows) {

    /** The length of the list behind the loop, from that before it; i64 vectors of one. */
    Value length(OnnxBuilder build, Value before, Value rows) {
      if (!grows) {
        return before;
      }
      Value count = build.dim(rows, 0);
      long start = by.start().constant().orElseThrow().longs()[0];
      Value longer = build.op("Max", before, build.add(count, build.ints(start)));
      if (start == 0) {
        return longer;
      }
      // A loop that never runs writes nothing at the start either.
      return build.where(build.op("Greater", count, build.ints(0)), longer, before);
    }
  }

  static LoopPlan of(Node loop) {
    Graph body = loop.bodies().get(1);
    Map<Integer, Counter> counters = new LinkedHashMap<>();
    for (int i = 0; i < loop.inputs().size(); i++) {
      int index = i;
      Counter.of(loop, i).ifPresent(c -> counters.put(index, c));
    }
    TripCount trips = TripCount.of(loop, counters);
    Map<Integer, Collected> collected = new LinkedHashMap<>();
    for (int i = 0; i < loop.inputs().size(); i++) {
      Collected list = collected(loop, i, counters);
      if (list != null) {
        collected.put(i, list);
      }
    }
    Set<Integer> carried = needed(loop, trips.complete());
    carried.removeAll(collected.keySet());
    if (trips.complete()) {
      carried.removeAll(counters.keySet());
    } else {
      carried.removeIf(i -> counters.containsKey(i) && loop.result(i).isUnused());
    }
    collected.keySet().removeIf(i -> loop.result(i).isUnused());
    if (body.params().size() != loop.inputs().size()) {
      throw new IllegalStateException("the body's parameters do not fit the loop");
    }
    return new LoopPlan(counters, collected, carried, Map.of(), trips);
  }

  /** The same with some of the collected lists joined instead. */
  LoopPlan joining(Set<Integer> lists) {
    Map<Integer, Collected> stacked = new LinkedHashMap<>(collected);
    Map<Integer, Value> joining = new LinkedHashMap<>();
    lists.forEach(i -> joining.put(i, stacked.remove(i).item()));
    Set<Integer> more = new TreeSet<>(carried);
    more.addAll(lists);
    return new LoopPlan(counters, stacked, more, joining, trips);
  }

  /** Whether a list is read by nothing but concatenations of its elements. */
  static boolean isOnlyConcatenated(Value list) {
    return list.uses().stream()
        .allMatch(
            use ->
                use instanceof Use.Input in
                    && (in.node().op().startsWith("tf.TensorListConcat")
                            && !in.node().is("tf.TensorListConcatLists")
                        || in.node().is("tf.RaggedTensorFromVariant")
                        || in.node().is("tf.TensorListStack")
                            && in.node().result().dtype() == DType.VARIANT
                            && isOnlyConcatenated(in.node().result())
                        || in.node().is("tf.Identity") && isOnlyConcatenated(in.node().result())));
  }

  /** Null when the body does anything else with the list. */
  private static Collected collected(Node loop, int i, Map<Integer, Counter> counters) {
    Graph body = loop.bodies().get(1);
    Value param = body.params().get(i);
    Node write = Counter.plain(body.outputs().get(i)).producer().orElse(null);
    if (param.dtype() != DType.VARIANT
        || write == null
        || write.graph() != body
        || !loop.bodies().get(0).params().get(i).isUnused()
        || Counter.plain(write.input(0)) != param
        || reads(param) != 1
        || reads(write.result(0)) != 1) {
      return null;
    }
    if (write.is("tf.TensorListPushBack")) {
      return new Collected(item(write.input(1)), null, true);
    }
    Counter by =
        write.is("tf.TensorListSetItem")
            ? counters.get(body.params().indexOf(Counter.plain(write.input(1))))
            : null;
    boolean fills = by != null && by.start().constant().isPresent() && by.step() == 1;
    boolean grows = fills && ListLowerings.grows(write);
    return fills ? new Collected(item(write.input(2)), by, grows) : null;
  }

  /** What is written, without the variant around a row of a ragged tensor. */
  private static Value item(Value written) {
    return RaggedVariants.plain(Counter.plain(written)).orElse(written);
  }

  /** How many nodes and outputs read a value, through Identity nodes. */
  private static int reads(Value v) {
    int reads = 0;
    for (Use use : v.uses()) {
      boolean copy = use instanceof Use.Input in && in.node().is("tf.Identity");
      reads += copy ? reads(((Use.Input) use).node().result()) : 1;
    }
    return reads;
  }

  /** The variables that the results or, when it is computed, the condition need. */
  private static Set<Integer> needed(Node loop, boolean counted) {
    Graph body = loop.bodies().get(1);
    Set<Integer> needed = new TreeSet<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < loop.inputs().size(); i++) {
      if (!loop.result(i).isUnused()) {
        open.add(i);
      }
    }
    if (!counted) {
      open.addAll(read(loop.bodies().get(0), loop.bodies().get(0).outputs().get(0)));
    }
    while (!open.isEmpty()) {
      int i = open.remove(open.size() - 1);
      if (needed.add(i)) {
        open.addAll(read(body, body.outputs().get(i)));
      }
    }
    return needed;
  }

  /** The parameters of a graph that a value of it depends on. */
  private static List<Integer> read(Graph graph, Value from) {
    List<Integer> params = new ArrayList<>();
    Set<Value> seen = new HashSet<>();
    List<Value> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      if (seen.add(v)) {
        int index = v instanceof Value.Param p ? graph.params().indexOf(p) : -1;
        if (index >= 0) {
          params.add(index);
        }
        v.producer().ifPresent(n -> read(n, open));
      }
    }
    return params;
  }

  private static void read(Node node, List<Value> into) {
    into.addAll(node.inputs());
    for (Graph body : node.bodies()) {
      into.addAll(body.outputs());
      body.nodes().forEach(n -> read(n, into));
    }
  }
}
