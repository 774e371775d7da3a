// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.eval.Outcome;

/**
 * Constants behind nodes that are not folded yet: while a graph is lowered, only small ones are
 * folded at once, and ranges of weights are measured on large ones.
 */
final class ConstantValues {
  private ConstantValues() {}

  /** The value as a constant if all that it is computed from is constant, else as it is. */
  static Value known(OnnxBuilder build, Value v) {
    return v.constant().isPresent() || dependsOnRun(v) ? v : find(v).map(build::constant).orElse(v);
  }

  private static boolean dependsOnRun(Value wanted) {
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Value> open = new ArrayDeque<>(List.of(wanted));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (!v.isPresent() || v.constant().isPresent() || !seen.add(v)) {
        continue;
      }
      if (!(v instanceof Value.Result r) || !r.node().bodies().isEmpty()) {
        return true;
      }
      r.node().inputs().forEach(open::push);
    }
    return false;
  }

  /** Contents are computed when they are read. */
  private static Optional<TensorData> find(Value wanted) {
    Map<Value, TensorData> found = new IdentityHashMap<>();
    Deque<Value> open = new ArrayDeque<>(List.of(wanted));
    while (!open.isEmpty()) {
      Value v = open.peek();
      if (v.constant().isPresent()) {
        found.put(open.pop(), v.constant().get());
        continue;
      }
      Value.Result r = (Value.Result) v;
      Node node = r.node();
      List<Value> missing =
          node.inputs().stream().filter(i -> i.isPresent() && !found.containsKey(i)).toList();
      if (!missing.isEmpty()) {
        missing.forEach(open::push);
        continue;
      }
      Outcome outcome = evaluate(node, found);
      if (!(outcome instanceof Outcome.Computed c)) {
        return Optional.empty();
      }
      found.put(open.pop(), c.results().get(r.index()));
    }
    return Optional.of(found.get(wanted));
  }

  private static Outcome evaluate(Node node, Map<Value, TensorData> found) {
    if (!Evaluator.supports(node.op())) {
      return new Outcome.Declined("there is no kernel for " + node.op());
    }
    List<TensorData> inputs = new ArrayList<>();
    node.inputs().forEach(i -> inputs.add(found.get(i)));
    return Evaluator.run(node, inputs);
  }
}
