// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * A value of the converted model that stands for a tensor of the original.
 *
 * @param value in the converted graph
 * @param tensor of the original, {@code node:0}
 */
public record Probe(Value value, String tensor) {
  /** Whether what stands for other TensorFlow nodes, or an output, reads a value. */
  static boolean leaves(Value value, String name) {
    return value.uses().stream()
        .anyMatch(
            use ->
                use instanceof Use.Output
                    || !use.reader().orElseThrow().provenance().name().equals(name));
  }

  /** The names of all TensorFlow nodes that the value's node stands for. */
  public List<String> nodes() {
    return value.producer().map(n -> n.provenance().names()).orElse(List.of());
  }

  /** The op that computes the value, without its dialect. */
  public String op() {
    return value.producer().map(n -> n.op().substring(n.op().indexOf('.') + 1)).orElse("");
  }

  /** The nearest probes, and parameters of the graph, that the value is computed from. */
  static List<Value> sources(Value value, Set<Value> stops) {
    List<Value> found = new ArrayList<>();
    List<Value> open = new ArrayList<>(inputs(value));
    Set<Value> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      if (!v.isPresent() || v instanceof Value.Constant || !seen.add(v)) {
        continue;
      }
      if (stops.contains(v) || v instanceof Value.Param) {
        found.add(v);
      } else {
        open.addAll(inputs(v));
      }
    }
    return found;
  }

  private static List<Value> inputs(Value value) {
    return value.producer().map(Probe::inputs).orElse(List.of());
  }

  /** What a node reads, in its bodies too; bodies' own values are passed through. */
  static List<Value> inputs(Node node) {
    List<Value> inputs = new ArrayList<>();
    collect(node, inputs);
    return inputs;
  }

  private static void collect(Node node, List<Value> inputs) {
    inputs.addAll(node.inputs());
    for (Graph body : node.bodies()) {
      for (Node inner : body.nodes()) {
        for (Value v : inner.inputs()) {
          boolean outer =
              v instanceof Value.Param p && p.graph() != body
                  || v.producer().isPresent() && v.producer().get().graph() != body;
          if (outer) {
            inputs.add(v);
          }
        }
      }
    }
  }
}
