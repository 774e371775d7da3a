// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/**
 * Rewrites the graph, in definition order, for a choice of low nodes. Every float32 value can be
 * asked for in either type; its cast is made at the first need and then shared. Constants are
 * converted, not cast.
 */
final class MixedForm {
  private final Graph graph;
  private final DType low;
  private final Map<Node, LowForm> chosen;
  private final IoTypes io;

  /** The low form of a value that was float32. */
  private final Map<Value, Value> lowered = new IdentityHashMap<>();

  /** The float32 form of a value whose producer is low now. */
  private final Map<Value, Value> widened = new IdentityHashMap<>();

  /** Values whose producer gives the low type now, with what it gives. */
  private final Map<Value, Value> nowLow = new IdentityHashMap<>();

  private int casts;
  private Node anchor;

  /**
   * @param chosen nodes to make low, with their forms
   */
  MixedForm(Graph graph, DType low, Map<Node, LowForm> chosen, IoTypes io) {
    this.graph = graph;
    this.low = low;
    this.chosen = chosen;
    this.io = io;
  }

  /** The number of casts made. */
  int run() {
    for (Value.Param p : List.copyOf(graph.params())) {
      if (io.isLow(p.name()) && p.dtype() == DType.F32) {
        nowLow.put(p, graph.replaceParam(p, p.type().withDType(low)));
      }
    }
    for (Node node : graph.nodes()) {
      anchor = node;
      if (chosen.containsKey(node)) {
        lower(node, chosen.get(node));
      } else {
        readWide(node);
      }
    }
    anchor = null;
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value out = graph.outputs().get(i);
      if (out.dtype() == DType.F32) {
        graph.setOutput(i, io.isLow(graph.outputNames().get(i)) ? low(out) : wide(out));
      }
    }
    return casts;
  }

  private void lower(Node node, LowForm form) {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      inputs.add(form.inputs().contains(i) ? low(node.input(i)) : wide(node.input(i)));
    }
    List<TensorType> results = new ArrayList<>();
    for (int i = 0; i < node.results().size(); i++) {
      TensorType type = node.result(i).type();
      results.add(form.results().contains(i) ? type.withDType(low) : type);
    }
    Map<String, Attr> attrs = new TreeMap<>(node.attrs());
    if (node.is("onnx.Cast") && !form.results().isEmpty()) {
      attrs.put("to", Attr.of(low));
    }
    Node made =
        graph.insertBefore(node, NodeSpec.of(node.op(), inputs, attrs, results, node.provenance()));
    for (int i = 0; i < results.size(); i++) {
      if (form.results().contains(i)) {
        nowLow.put(node.result(i), made.result(i));
      } else {
        node.result(i).replaceAllUsesWith(made.result(i));
      }
    }
  }

  private void readWide(Node node) {
    for (int i = 0; i < node.inputs().size(); i++) {
      Value now = wide(node.input(i));
      if (now != node.input(i)) {
        node.setInput(i, now);
      }
    }
    for (Graph body : node.bodies()) {
      body.nodes().forEach(this::readWide);
      for (int i = 0; i < body.outputs().size(); i++) {
        body.setOutput(i, wide(body.outputs().get(i)));
      }
    }
  }

  private Value wide(Value v) {
    Value made = v.isPresent() ? nowLow.get(v) : null;
    return made == null ? v : widened.computeIfAbsent(v, x -> cast(made, DType.F32, v));
  }

  private Value low(Value v) {
    Value made = nowLow.get(v);
    if (made != null) {
      return made;
    }
    Value known = lowered.get(v);
    if (known == null) {
      known =
          v instanceof Value.Constant c
              ? new Value.Constant(Rounded.to(low, c.data()), c.provenance())
              : cast(v, low, v);
      lowered.put(v, known);
    }
    return known;
  }

  private Value cast(Value from, DType to, Value original) {
    casts++;
    Provenance provenance =
        original
            .producer()
            .map(Node::provenance)
            .orElse(new Provenance.Synthetic("assign-precision"));
    return graph
        .insertBefore(
            anchor,
            NodeSpec.of(
                "onnx.Cast",
                List.of(from),
                Map.of("to", Attr.of(to)),
                List.of(from.type().withDType(to)),
                provenance))
        .result();
  }
}
