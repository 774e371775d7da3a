// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * Ifs of one condition become one with the results of all, so that what their branches have in
 * common is computed once. TensorFlow 1 has a Merge for each result of a conditional.
 */
public final class MergeBranches implements Pass {
  @Override
  public String summary() {
    return "compute conditionals of the same condition as one";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Map<Node, Integer> places = new IdentityHashMap<>();
    for (Node n : graph.nodes()) {
      places.put(n, places.size());
      n.bodies().forEach(b -> run(b, context));
    }
    Map<Value, Node> first = new HashMap<>();
    for (Node n : graph.nodes()) {
      if (n.is("onnx.If")) {
        Node head = first.get(n.input(0));
        if (head != null && stands(n, head, places)) {
          Node merged = merge(head, n);
          places.put(merged, places.get(head));
          first.put(n.input(0), merged);
          context.count(name());
        } else {
          first.put(n.input(0), n);
        }
      }
    }
  }

  /** Whether all that the branches of {@code n} read is there before {@code head}. */
  private static boolean stands(Node n, Node head, Map<Node, Integer> places) {
    List<Value> read = new ArrayList<>();
    n.bodies().forEach(b -> reads(b, read));
    int place = places.get(head);
    return read.stream()
        .flatMap(v -> v.producer().stream())
        .filter(p -> p.graph() == head.graph())
        .allMatch(p -> places.get(p) < place);
  }

  private static void reads(Graph body, List<Value> into) {
    into.addAll(body.outputs());
    for (Node n : body.nodes()) {
      into.addAll(n.inputs());
      n.bodies().forEach(b -> reads(b, into));
    }
  }

  private static Node merge(Node head, Node other) {
    List<TensorType> types = new ArrayList<>();
    List.of(head, other).forEach(n -> n.results().forEach(r -> types.add(r.type())));
    List<Graph> bodies = new ArrayList<>();
    for (int i = 0; i < head.bodies().size(); i++) {
      bodies.add(joined(head.bodies().get(i), other.bodies().get(i)));
    }
    Node merged =
        head.graph()
            .insertBefore(
                head,
                new NodeSpec(
                    head.op(),
                    head.inputs(),
                    head.attrs(),
                    types,
                    bodies,
                    Provenance.fuse(
                        "MergeBranches", List.of(head.provenance(), other.provenance()))));
    int result = 0;
    for (Node n : List.of(head, other)) {
      for (Value r : n.results()) {
        r.replaceAllUsesWith(merged.result(result++));
      }
      n.erase();
    }
    return merged;
  }

  private static Graph joined(Graph a, Graph b) {
    Graph both = new Graph(a.name());
    for (Graph body : List.of(a, b)) {
      GraphCopy copy = new GraphCopy(Map.of());
      copy.nodes(body, body.outputs(), both, null);
      for (int i = 0; i < body.outputs().size(); i++) {
        String name = body.outputNames().get(i);
        String free = name;
        for (int n = 2; both.outputNames().contains(free); n++) {
          free = name + "_" + n;
        }
        both.addOutput(free, copy.of(body.outputs().get(i)));
      }
    }
    return both;
  }
}
