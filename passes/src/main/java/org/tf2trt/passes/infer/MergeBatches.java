// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * A model does not say whether the open first dims of its inputs are one batch. They are where the
 * network adds, joins or multiplies rows of one input with those of the other; the nodes and edges
 * of a graph, queries and candidates, values and their row lengths never meet like this, and may
 * have different extents. Dims that a user has named are left alone.
 */
public final class MergeBatches implements Pass {
  @Override
  public String summary() {
    return "gives first dims of inputs one name where the network brings them together";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    List<String> open = new ArrayList<>(open(graph));
    while (open.size() > 1) {
      Map<String, Dim> same = new LinkedHashMap<>();
      collect(graph, open, context.isSigned(), same);
      if (same.isEmpty()) {
        return;
      }
      context.count(name());
      open.removeAll(same.keySet());
      apply(graph, same);
      InferShapes.run(graph, new Inference());
    }
  }

  /** Gives dims other names, as {@link Meetings} has them, in a graph of any stage. */
  public static void apply(Graph graph, Map<String, Dim> names) {
    PinShapes.substitute(graph, names);
  }

  /** The names of first dims of inputs, as far as no user gave them. */
  public static List<String> open(Graph graph) {
    List<String> open = new ArrayList<>();
    for (Value.Param p : graph.params()) {
      boolean symbolic = p.shape().isRanked() && p.shape().rank() > 0;
      String name = symbolic ? symbol(p.shape().dim(0)) : "";
      if (!name.isEmpty() && OpenDims.isFirst(name, p.name()) && !open.contains(name)) {
        open.add(name);
      }
    }
    return open;
  }

  /** The name of a dim that is a symbol and nothing more, else an empty one. */
  private static String symbol(Dim d) {
    return d instanceof DimExpr e && e.isSymbol() ? d.toString() : "";
  }

  private static void collect(
      Graph graph, List<String> open, boolean broadcasting, Map<String, Dim> same) {
    for (Node n : graph.nodes()) {
      merge(open, MeetingDims.of(n, broadcasting), same);
      n.bodies().forEach(body -> collect(body, open, broadcasting, same));
      if (n.is("onnx.Loop")) {
        Graph first = firstIteration(n);
        collect(first, open, broadcasting, same);
        GraphCopy.discard(first, graph);
      }
    }
  }

  /** What a loop hands on has a dim without a name, where two names have been one since. */
  private static Graph firstIteration(Node loop) {
    Graph body = loop.bodies().get(0);
    Graph first = new Graph(body.name());
    Map<Value, Value> arguments = new HashMap<>();
    for (int i = 0; i < body.params().size(); i++) {
      Value.Param p = body.params().get(i);
      arguments.put(p, first.addParam(p.name(), i < 2 ? p.type() : loop.input(i).type()));
    }
    new GraphCopy(arguments).nodes(body, body.outputs(), first, null);
    InferShapes.run(first, new Inference());
    return first;
  }

  /** The first input gives the name, and others that had been merged into this one take it. */
  static void merge(List<String> open, List<MeetingDims.Meeting> meetings, Map<String, Dim> same) {
    for (MeetingDims.Meeting m : meetings) {
      int a = open.indexOf(last(symbol(m.a()), same));
      int b = open.indexOf(last(symbol(m.b()), same));
      if (a >= 0 && b >= 0 && a != b) {
        Dim name = Dim.symbol(open.get(Math.min(a, b)));
        String gone = open.get(Math.max(a, b));
        same.replaceAll((from, to) -> to.toString().equals(gone) ? name : to);
        same.put(gone, name);
      }
    }
  }

  private static String last(String symbol, Map<String, Dim> same) {
    Dim merged = same.get(symbol);
    return merged == null ? symbol : merged.toString();
  }
}
