// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * How often an onnx.Loop runs, where no input decides it: what its condition is computed from is
 * computed here, iteration by iteration, as in {@code while size > 12: size *= 0.7}.
 */
public final class KnownTrips {
  private final Node loop;
  private final Graph body;

  /** Nodes of the body that the condition needs, and what they hand on. */
  private final Set<Node> nodes = new LinkedHashSet<>();

  private final Set<Integer> state = new LinkedHashSet<>();

  private KnownTrips(Node loop) {
    this.loop = loop;
    this.body = loop.bodies().get(0);
  }

  /**
   * The number of iterations; empty when it is larger than {@code most}, depends on an input, or
   * takes an op that has no kernel here.
   */
  public static OptionalLong of(Node loop, long most) {
    Optional<TensorData> limit = loop.optionalInput(0).flatMap(Value::constant);
    if (limit.isEmpty() && loop.optionalInput(0).isPresent()) {
      return OptionalLong.empty();
    }
    Optional<TensorData> begins = loop.optionalInput(1).flatMap(Value::constant);
    if (begins.isEmpty() && loop.optionalInput(1).isPresent()) {
      return OptionalLong.empty();
    }
    long bound = limit.map(l -> l.longs()[0]).orElse(Long.MAX_VALUE);
    if (bound <= 0 || begins.filter(b -> b.longs()[0] == 0).isPresent()) {
      return OptionalLong.of(0);
    }
    KnownTrips trips = new KnownTrips(loop);
    return trips.isClosed() ? trips.count(bound, most) : OptionalLong.empty();
  }

  /** Whether the condition depends on constants alone. */
  private boolean isClosed() {
    List<Value> open = new ArrayList<>(List.of(body.outputs().get(0)));
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      if (v instanceof Value.Constant || !v.isPresent()) {
        continue;
      }
      int param = body.params().indexOf(v);
      if (param >= 2) {
        if (loop.input(param).constant().isEmpty()) {
          return false;
        }
        if (state.add(param - 2)) {
          open.add(body.outputs().get(param - 1));
        }
        continue;
      }
      if (param >= 0) {
        continue;
      }
      Node made = v.producer().filter(n -> n.graph() == body).orElse(null);
      if (made == null || !made.bodies().isEmpty() || !Evaluator.supports(made.op())) {
        return false;
      }
      if (nodes.add(made)) {
        open.addAll(made.inputs());
      }
    }
    return true;
  }

  private OptionalLong count(long bound, long most) {
    List<Node> order = body.nodes().stream().filter(nodes::contains).toList();
    Map<Value, TensorData> known = new HashMap<>();
    state.forEach(
        s -> known.put(body.params().get(2 + s), loop.input(2 + s).constant().orElseThrow()));
    known.put(body.params().get(1), TensorData.scalar(DType.BOOL, 1));
    for (long step = 0; step < Math.min(bound, most); step++) {
      known.put(body.params().get(0), TensorData.ofLongs(new long[0], step));
      for (Node n : order) {
        List<TensorData> inputs = new ArrayList<>();
        n.inputs().forEach(v -> inputs.add(value(v, known)));
        Optional<List<TensorData>> results = Evaluator.run(n, inputs).values();
        if (results.isEmpty()) {
          return OptionalLong.empty();
        }
        for (int i = 0; i < n.results().size(); i++) {
          known.put(n.result(i), results.get().get(i));
        }
      }
      if (value(body.outputs().get(0), known).longs()[0] == 0) {
        return OptionalLong.of(step + 1);
      }
      Map<Value, TensorData> next = new HashMap<>();
      state.forEach(
          s -> next.put(body.params().get(2 + s), value(body.outputs().get(1 + s), known)));
      known.putAll(next);
    }
    return bound <= most ? OptionalLong.of(bound) : OptionalLong.empty();
  }

  private static TensorData value(Value v, Map<Value, TensorData> known) {
    return v.isPresent() ? v.constant().orElseGet(() -> known.get(v)) : null;
  }
}
