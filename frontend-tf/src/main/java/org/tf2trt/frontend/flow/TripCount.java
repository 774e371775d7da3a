// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * How often a loop runs, as far as counters decide: {@code i < n && j < m && rest}.
 *
 * @param limits comparisons of a counter with a bound that the loop does not change
 * @param complete there is nothing else in the condition
 */
record TripCount(List<Limit> limits, boolean complete) {
  /**
   * A counter goes on while it is below (for a negative step: above) a bound.
   *
   * @param inclusive also while it is equal
   */
  record Limit(Counter counter, Value bound, boolean inclusive) {}

  static TripCount of(Node loop, Map<Integer, Counter> counters) {
    Graph condition = loop.bodies().get(0);
    Set<Value> inside = new HashSet<>(condition.params());
    condition.nodes().forEach(n -> inside.addAll(n.results()));
    List<Limit> limits = new ArrayList<>();
    boolean complete = true;
    List<Value> open = new ArrayList<>(List.of(condition.outputs().get(0)));
    while (!open.isEmpty()) {
      Value v = Counter.plain(open.remove(open.size() - 1));
      Node n = v.producer().filter(p -> p.graph() == condition).orElse(null);
      if (n != null && n.is("tf.LogicalAnd")) {
        open.addAll(n.inputs());
        continue;
      }
      if (n != null && isConjunction(n, v)) {
        open.add(n.input(0));
        complete = false;
        continue;
      }
      if (v.constant()
          .filter(c -> c.dtype() == DType.BOOL && c.rank() == 0 && c.longs()[0] != 0)
          .isPresent()) {
        continue;
      }
      Optional<Limit> limit = n == null ? Optional.empty() : limit(n, condition, counters, inside);
      limit.ifPresent(limits::add);
      complete &= limit.isPresent();
    }
    return new TripCount(limits, complete);
  }

  /** {@code If(p) {rest} else {p}}, as autograph writes {@code p and rest}. */
  private static boolean isConjunction(Node n, Value result) {
    if (!n.is("tf.If") && !n.is("tf.StatelessIf") || n.bodies().size() != 2) {
      return false;
    }
    Value otherwise = Counter.plain(n.bodies().get(1).outputs().get(n.results().indexOf(result)));
    boolean never =
        otherwise.constant().filter(c -> c.rank() == 0 && c.longs()[0] == 0).isPresent();
    return never || otherwise == Counter.plain(n.input(0));
  }

  private static Optional<Limit> limit(
      Node n, Graph condition, Map<Integer, Counter> counters, Set<Value> inside) {
    boolean less = n.is("tf.Less") || n.is("tf.LessEqual");
    boolean greater = n.is("tf.Greater") || n.is("tf.GreaterEqual");
    if (!less && !greater) {
      return Optional.empty();
    }
    boolean inclusive = n.op().endsWith("Equal");
    for (int side = 0; side < 2; side++) {
      Counter counter = counters.get(condition.params().indexOf(Counter.plain(n.input(side))));
      Value bound = Counter.plain(n.input(1 - side));
      boolean upwards = less == (side == 0);
      if (counter != null
          && !inside.contains(bound)
          && upwards == counter.step() > 0
          && (!bound.shape().isRanked() || bound.shape().rank() == 0)) {
        return Optional.of(new Limit(counter, bound, inclusive));
      }
    }
    return Optional.empty();
  }

  /** The least of all limits as an i64 scalar; empty when there is none. */
  Optional<Value> iterations(OnnxBuilder build) {
    Value least = null;
    for (Limit limit : limits) {
      Value here = iterations(build, limit);
      least = least == null ? here : build.op("Min", least, here);
    }
    return Optional.ofNullable(least);
  }

  /** {@code max(0, ceil((bound - start) / step))}. */
  private static Value iterations(OnnxBuilder build, Limit limit) {
    long step = Math.abs(limit.counter().step());
    Value start = Counter.scalar(build, build.cast(limit.counter().start(), DType.I64));
    Value bound = Counter.scalar(build, build.cast(limit.bound(), DType.I64));
    Value way =
        limit.counter().step() < 0
            ? build.sub(start, bound)
            : start.constant().filter(c -> c.longs()[0] == 0).isPresent()
                ? bound
                : build.sub(bound, start);
    long more = (limit.inclusive() ? 1 : 0) + step - 1;
    if (more != 0) {
      way = build.add(way, Counter.number(build, more));
    }
    Value count =
        step == 1 ? way : build.div(build.op("Max", way, zero(build)), scalar(build, step));
    return build.op("Max", count, zero(build));
  }

  private static Value zero(OnnxBuilder build) {
    return scalar(build, 0);
  }

  private static Value scalar(OnnxBuilder build, long value) {
    return Counter.number(build, value);
  }
}
