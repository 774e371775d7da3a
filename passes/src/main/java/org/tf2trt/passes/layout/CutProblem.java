// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.cut.MaxFlow;

/**
 * The minimum cut. The source side is channels first, the sink side channels last. A flexible node
 * is a vertex; whatever is bound is the source or the sink. A value is made in its producer's
 * layout; when some reader wants the other one, one transpose is paid for, however many readers
 * share it: with producer p and readers c1..ck, {@code w} is paid if p is last and any c is first,
 * or the other way round, which one auxiliary vertex for each direction expresses.
 *
 * <p>Of equal cuts, the one with most nodes channels first is taken, so that what can be fused into
 * a convolution stays beside it. Where dense layers are to stay channels last, the one with most of
 * them there is taken first.
 */
final class CutProblem {
  /** Decides between cuts of equal cost; as small beside a byte as networks have dense layers. */
  private static final long TIE = 1;

  private static final long BYTE = 4096;

  private final Regions regions;
  private final boolean interfaceFirst;
  private final boolean denseLast;
  private final MaxFlow flow = new MaxFlow();
  private final Map<Node, Integer> vertices = new IdentityHashMap<>();
  private final Map<Value, List<Value>> classes = new LinkedHashMap<>();

  private CutProblem(Regions regions, boolean interfaceFirst, boolean denseLast) {
    this.regions = regions;
    this.interfaceFirst = interfaceFirst;
    this.denseLast = denseLast;
  }

  /**
   * The flexible nodes that are to change their layout.
   *
   * @param interfaceFirst inputs and outputs of the graph are to be channels first
   * @param denseLast of cuts that transpose as many bytes, one with more dense layers channels last
   *     is better
   */
  static Set<Node> solve(Graph graph, Regions regions, boolean interfaceFirst, boolean denseLast) {
    return new CutProblem(regions, interfaceFirst, denseLast).run(graph);
  }

  private Set<Node> run(Graph graph) {
    List<Node> nodes = graph.nodes();
    for (Node n : nodes) {
      if (carrierFlip(n).isPresent()) {
        int vertex = flow.addVertex();
        vertices.put(n, vertex);
        if (denseLast && n.is("onnx.MatMul")) {
          flow.addEdge(vertex, MaxFlow.SINK, TIE);
        }
      }
    }
    Map<Value, Value> roots = new IdentityHashMap<>();
    graph.params().forEach(p -> collect(p, p, roots));
    for (Node n : nodes) {
      boolean link = regions.isLink(n);
      for (Value r : n.results()) {
        collect(r, link ? roots.getOrDefault(n.input(0), n.input(0)) : r, roots);
      }
    }
    classes.forEach(this::addValue);
    boolean[] first = flow.sourceSide();
    Set<Node> flipped = new LinkedHashSet<>();
    for (Node n : nodes) {
      Integer vertex = vertices.get(n);
      if (vertex != null && first[vertex] != (carrierFlip(n).orElseThrow() == Flip.TO_LAST)) {
        flipped.add(n);
      }
    }
    return flipped;
  }

  private void collect(Value v, Value root, Map<Value, Value> roots) {
    roots.put(v, root);
    if (regions.flip(v).isPresent()) {
      classes.computeIfAbsent(root, r -> new ArrayList<>()).add(v);
    }
  }

  /** How this node would change; empty when it is bound. */
  private Optional<Flip> carrierFlip(Node n) {
    return Flippable.of(n, regions);
  }

  private void addValue(Value root, List<Value> forms) {
    int producer = producer(root);
    Set<Integer> readers = new LinkedHashSet<>();
    for (Value form : forms) {
      for (Use use : form.uses()) {
        boolean link = use.reader().filter(regions::isLink).isPresent();
        if (!link) {
          readers.add(reader(form, use));
        }
      }
    }
    readers.remove(producer);
    if (readers.isEmpty()) {
      return;
    }
    long weight = BYTE * Weights.of(root);
    if (readers.size() == 1) {
      int only = readers.iterator().next();
      flow.addEdge(only, producer, weight);
      flow.addEdge(producer, only, weight);
      return;
    }
    int anyFirst = flow.addVertex();
    int anyLast = flow.addVertex();
    flow.addEdge(anyFirst, producer, weight);
    flow.addEdge(producer, anyLast, weight);
    for (int reader : readers) {
      flow.addEdge(reader, anyFirst, MaxFlow.INFINITE);
      flow.addEdge(anyLast, reader, MaxFlow.INFINITE);
    }
  }

  /** An input or output of the graph that has its channels last, as an interface first has not. */
  static boolean becomesFirst(Regions regions, Value v) {
    return regions.flip(v).equals(Optional.of(Flip.TO_FIRST));
  }

  private int producer(Value root) {
    if (root instanceof Value.Param && interfaceFirst && becomesFirst(regions, root)) {
      return MaxFlow.SOURCE;
    }
    Optional<Node> node = root.producer().filter(vertices::containsKey);
    if (node.isPresent() && carriers(node.get()).results()) {
      return vertices.get(node.get());
    }
    return fixed(root);
  }

  private int reader(Value form, Use use) {
    if (use instanceof Use.Input in
        && vertices.containsKey(in.node())
        && carriers(in.node()).inputs().contains(in.index())) {
      return vertices.get(in.node());
    }
    boolean output = use instanceof Use.Output out && out.graph().owner().isEmpty();
    return output && interfaceFirst ? MaxFlow.SOURCE : fixed(form);
  }

  private int fixed(Value v) {
    return regions.flip(v).orElseThrow() == Flip.TO_LAST ? MaxFlow.SOURCE : MaxFlow.SINK;
  }

  private static FlexibleOp.Carriers carriers(Node n) {
    return FlexibleOps.get(n).orElseThrow().carriers(n).orElseThrow();
  }
}
