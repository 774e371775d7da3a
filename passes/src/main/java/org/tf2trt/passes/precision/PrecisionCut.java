// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.cut.MaxFlow;

/**
 * Chooses the precision of every node that may have either, so that the fewest bytes are moved: by
 * casts, and by nodes that read and write four bytes where two would do. The source side of the
 * minimum cut is low, the sink side float32. What computes most (convolutions, products of
 * matrices) is low and what has to stay is float32; a value is made in its producer's precision and
 * cast once for all readers that want the other.
 */
final class PrecisionCut {
  private static final Set<String> HEAVY =
      Set.of(
          "onnx.Conv",
          "onnx.ConvTranspose",
          "onnx.Gemm",
          "onnx.MatMul",
          "onnx.Einsum",
          "onnx.LSTM",
          "onnx.GRU",
          "onnx.RNN");

  private final Map<Node, LowForm> forms;
  private final IoTypes io;
  private final MaxFlow flow = new MaxFlow();
  private final Map<Node, Integer> vertices = new IdentityHashMap<>();

  private PrecisionCut(Map<Node, LowForm> forms, IoTypes io) {
    this.forms = forms;
    this.io = io;
  }

  /**
   * The nodes that become low, in the order of the graph.
   *
   * @param forms the nodes that have a low form
   * @param kept those of them that have to stay float32
   */
  static Set<Node> solve(Graph graph, Map<Node, LowForm> forms, Set<Node> kept, IoTypes io) {
    Map<Node, LowForm> free = new LinkedHashMap<>();
    forms.forEach(
        (node, form) -> {
          if (!kept.contains(node)) {
            free.put(node, form);
          }
        });
    return new PrecisionCut(free, io).run(graph);
  }

  private Set<Node> run(Graph graph) {
    for (Node n : forms.keySet()) {
      int vertex = flow.addVertex();
      vertices.put(n, vertex);
      flow.addEdge(MaxFlow.SOURCE, vertex, HEAVY.contains(n.op()) ? MaxFlow.INFINITE : wide(n));
    }
    graph.params().forEach(this::addValue);
    for (Node n : graph.nodes()) {
      n.results().forEach(this::addValue);
    }
    boolean[] low = flow.sourceSide();
    Set<Node> chosen = new LinkedHashSet<>();
    for (Node n : graph.nodes()) {
      if (vertices.containsKey(n) && low[vertices.get(n)]) {
        chosen.add(n);
      }
    }
    return chosen;
  }

  /** What the node costs more in float32. */
  private long wide(Node n) {
    LowForm form = forms.get(n);
    long bytes = 0;
    for (int i : form.inputs()) {
      bytes += Traffic.wide(n.input(i).type());
    }
    for (int i : form.results()) {
      bytes += Traffic.wide(n.result(i).type());
    }
    return bytes;
  }

  /**
   * With producer p and readers c1..ck, a cast is paid for if p is float32 and any c is low, or the
   * other way round, which one auxiliary vertex for each direction expresses.
   */
  private void addValue(Value v) {
    if (v.dtype() != DType.F32) {
      return;
    }
    int producer = producer(v);
    Set<Integer> readers = new LinkedHashSet<>();
    v.uses().forEach(use -> readers.add(reader(use)));
    readers.remove(producer);
    if (readers.isEmpty()) {
      return;
    }
    long cost = Traffic.cast(v.type());
    if (readers.size() == 1) {
      int only = readers.iterator().next();
      flow.addEdge(only, producer, cost);
      flow.addEdge(producer, only, cost);
      return;
    }
    int anyLow = flow.addVertex();
    int anyWide = flow.addVertex();
    flow.addEdge(anyLow, producer, cost);
    flow.addEdge(producer, anyWide, cost);
    for (int reader : readers) {
      flow.addEdge(reader, anyLow, MaxFlow.INFINITE);
      flow.addEdge(anyWide, reader, MaxFlow.INFINITE);
    }
  }

  private int producer(Value v) {
    if (v instanceof Value.Param p) {
      return io.isLow(p.name()) ? MaxFlow.SOURCE : MaxFlow.SINK;
    }
    Value.Result r = (Value.Result) v;
    boolean free =
        vertices.containsKey(r.node()) && forms.get(r.node()).results().contains(r.index());
    return free ? vertices.get(r.node()) : MaxFlow.SINK;
  }

  private int reader(Use use) {
    if (use instanceof Use.Input in) {
      boolean free =
          vertices.containsKey(in.node()) && forms.get(in.node()).inputs().contains(in.index());
      return free ? vertices.get(in.node()) : MaxFlow.SINK;
    }
    Use.Output out = (Use.Output) use;
    boolean low =
        out.graph().owner().isEmpty() && io.isLow(out.graph().outputNames().get(out.index()));
    return low ? MaxFlow.SOURCE : MaxFlow.SINK;
  }
}
