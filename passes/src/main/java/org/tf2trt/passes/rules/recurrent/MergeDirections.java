// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * A recurrent op that walks a sequence forwards and one that walks it backwards are one op of two
 * directions, if they have the same activations (TensorRT asks for that) and equally many units.
 */
public final class MergeDirections implements Pass {
  private static final Set<String> OPS = Set.of("onnx.LSTM", "onnx.GRU", "onnx.RNN");

  @Override
  public String summary() {
    return "make one op of recurrent ops that walk a sequence both ways";
  }

  /** What both have to have in common. */
  private record Key(
      String op, Value x, Value lengths, Map<String, Attr> attrs, List<Boolean> present) {
    static Key of(Node n) {
      Map<String, Attr> attrs = new TreeMap<>(n.attrs());
      attrs.remove("direction");
      List<Boolean> present = new ArrayList<>();
      for (int i = 1; i < 8; i++) {
        present.add(input(n, i).isPresent());
      }
      return new Key(n.op(), n.input(0), input(n, 4), attrs, present);
    }
  }

  private static Value input(Node n, int i) {
    return n.optionalInput(i).orElse(Value.Absent.INSTANCE);
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Map<Key, List<Node>> open = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      node.bodies().forEach(b -> run(b, context));
      if (!OPS.contains(node.op()) || !Constants.is(node.input(1))) {
        continue;
      }
      String direction = node.stringAttr("direction", "forward");
      List<Node> others = open.computeIfAbsent(Key.of(node), k -> new ArrayList<>());
      Node partner =
          others.stream()
              .filter(n -> !n.stringAttr("direction", "forward").equals(direction))
              .filter(n -> !direction.equals("bidirectional") && canMoveUp(node))
              .findFirst()
              .orElse(null);
      if (partner == null) {
        others.add(node);
        continue;
      }
      others.remove(partner);
      boolean forward = direction.equals("forward");
      // In the place of the first one, which others may read before the second.
      merge(forward ? node : partner, forward ? partner : node, partner);
      context.count(name());
    }
  }

  /** Whether first states are there already where the partner stands. */
  private static boolean canMoveUp(Node node) {
    for (int i = 5; i < 7; i++) {
      Value initial = input(node, i);
      if (initial.producer().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static void merge(Node forward, Node backward, Node at) {
    OnnxBuilder build =
        new OnnxBuilder(
            at.graph(),
            at,
            Provenance.fuse(
                "MergeDirections", List.of(forward.provenance(), backward.provenance())),
            new Inference(),
            created -> {});
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < Math.max(forward.inputs().size(), backward.inputs().size()); i++) {
      Value a = input(forward, i);
      inputs.add(i == 0 || i == 4 || !a.isPresent() ? a : build.concat(0, a, input(backward, i)));
    }
    Map<String, Attr> attrs = new TreeMap<>(forward.attrs());
    attrs.put("direction", Attr.of("bidirectional"));
    attrs.computeIfPresent("activations", (k, v) -> twice(v));
    attrs.computeIfPresent("activation_alpha", (k, v) -> twice(v));
    attrs.computeIfPresent("activation_beta", (k, v) -> twice(v));
    String op = forward.op().substring("onnx.".length());
    List<Value> made = build.ops(op, forward.results().size(), attrs, inputs, List.of());
    for (int i = 0; i < made.size(); i++) {
      if (forward.result(i).isUnused() && backward.result(i).isUnused()) {
        continue;
      }
      Map<String, Attr> halves =
          Map.of("axis", Attr.of(i == 0 ? 1L : 0L), "num_outputs", Attr.of(2L));
      List<Value> parts = build.ops("Split", 2, halves, made.get(i));
      forward.result(i).replaceAllUsesWith(parts.get(0));
      backward.result(i).replaceAllUsesWith(parts.get(1));
    }
    DeadCode.erase(forward);
    DeadCode.erase(backward);
  }

  private static Attr twice(Attr attr) {
    if (attr instanceof Attr.Reals r) {
      List<Double> both = new ArrayList<>(r.values());
      both.addAll(r.values());
      return new Attr.Reals(both);
    }
    List<Attr> both = new ArrayList<>(((Attr.Many) attr).values());
    both.addAll(((Attr.Many) attr).values());
    return new Attr.Many(both);
  }
}
