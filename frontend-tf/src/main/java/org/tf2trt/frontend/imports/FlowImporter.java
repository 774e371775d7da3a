// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.proto.AttrValues;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/**
 * Imports If, Case, While and what is a loop as nodes with bodies. Branches read the values around
 * them directly, and so do loops where a variable never changes, so that weights stay constants
 * inside.
 */
final class FlowImporter {
  private final Edges edges;
  private final Bodies bodies;

  /** What the import of the graph around does for bodies. */
  interface Bodies {
    /** Appends to the graph that is being imported. */
    List<Value> append(NodeSpec spec);

    /** What an input that was asked for became. */
    Value get(TensorRef ref);

    /** Imports a tensor, into the graph that is being imported. */
    Value imported(TensorRef ref);

    /**
     * Imports what {@code outputs} need into {@code body} and makes them its outputs.
     *
     * @param bound tensors that are something else inside
     */
    void fill(Graph body, Map<TensorRef, Value> bound, List<TensorRef> outputs);

    /** Makes values the outputs of a body, whatever is imported for them. */
    void fill(Graph body, Supplier<List<Value>> outputs);
  }

  FlowImporter(Edges edges, Bodies bodies) {
    this.edges = edges;
    this.bodies = bodies;
  }

  /** The outputs of a functional node whose inputs are imported. */
  List<Value> build(Scope scope, NodeDef node, List<TensorRef> inputs) {
    List<NameAttrList> functions = FlowOps.functions(node);
    if (functions.isEmpty() || inputs.isEmpty()) {
      throw Edges.malformed(scope, node.getName(), node.getOp() + " lacks branches or inputs");
    }
    return switch (FlowOps.kind(node)) {
      case "tf.While" -> loop(scope, node, inputs, functions);
      case "tf.MapDefun" -> new MapImporter(edges, bodies, scope, node).build(inputs);
      default -> branches(scope, node, inputs.get(0), functions);
    };
  }

  private List<Value> branches(
      Scope scope, NodeDef node, TensorRef predicate, List<NameAttrList> functions) {
    List<Graph> graphs = new ArrayList<>();
    for (NameAttrList function : functions) {
      Scope inner = edges.enter(scope, node, function, 1);
      List<TensorRef> outputs = new ArrayList<>();
      for (int i = 0; i < inner.body().returnCount(); i++) {
        outputs.add(edges.returned(inner, i));
      }
      Graph body = new Graph(function.getName());
      bodies.fill(body, Map.of(), outputs);
      graphs.add(body);
    }
    return append(scope, node, List.of(bodies.get(predicate)), graphs, graphs.get(0).outputs());
  }

  private List<Value> loop(
      Scope scope, NodeDef node, List<TensorRef> inputs, List<NameAttrList> functions) {
    Scope probe = edges.enter(scope, node, functions.get(1), 0);
    int count = inputs.size();
    if (probe.body().argCount() != count || probe.body().returnCount() != count) {
      throw Edges.malformed(
          scope, node.getName(), "the body does not fit the " + count + " loop variables");
    }
    Set<Integer> changing = changing(probe, count);
    List<Value> initial = changing.stream().map(i -> bodies.get(inputs.get(i))).toList();
    Graph condition = loopBody(scope, node, functions.get(0), changing, initial, false);
    Graph body = loopBody(scope, node, functions.get(1), changing, initial, true);
    List<Value> made = append(scope, node, initial, List.of(condition, body), initial);
    List<Value> results = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      results.add(changing.contains(i) ? made.get(next++) : bodies.get(inputs.get(i)));
    }
    return results;
  }

  /** The variables that the body does not just hand on. */
  private Set<Integer> changing(Scope probe, int count) {
    Set<Integer> all = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      all.add(i);
    }
    probe.variables(all);
    Set<Integer> changing = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      TensorRef itself = new TensorRef(probe, probe.body().argName(i), 0);
      if (!edges.throughIdentities(edges.returned(probe, i)).equals(itself)) {
        changing.add(i);
      }
    }
    return changing;
  }

  private Graph loopBody(
      Scope scope,
      NodeDef node,
      NameAttrList function,
      Set<Integer> changing,
      List<Value> initial,
      boolean returnsVariables) {
    Scope inner = edges.enter(scope, node, function, 0);
    inner.variables(changing);
    Graph body = new Graph(function.getName());
    Map<TensorRef, Value> params = new LinkedHashMap<>();
    List<TensorRef> outputs = new ArrayList<>();
    int next = 0;
    for (int i : changing) {
      String name = inner.body().argName(i);
      TensorType type = TensorType.unranked(initial.get(next++).dtype());
      params.put(new TensorRef(inner, name, 0), body.addParam(name, type));
      if (returnsVariables) {
        outputs.add(edges.returned(inner, i));
      }
    }
    bodies.fill(body, params, returnsVariables ? outputs : List.of(edges.returned(inner, 0)));
    return body;
  }

  private List<Value> append(
      Scope scope, NodeDef node, List<Value> inputs, List<Graph> graphs, List<Value> like) {
    List<TensorType> types = like.stream().map(v -> TensorType.unranked(v.dtype())).toList();
    Map<String, Attr> attrs = new LinkedHashMap<>();
    Attr shapes = AttrValues.ofNode(node, scope.callAttrs()).get("output_shapes");
    if (shapes != null && graphs.get(graphs.size() - 1).params().isEmpty()) {
      attrs.put("output_shapes", shapes);
    }
    return bodies.append(
        new NodeSpec(
            FlowOps.kind(node),
            inputs,
            attrs,
            types,
            graphs,
            new Provenance.Tf(scope.path(), node.getName())));
  }
}
