// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.proto.AttrValues;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * Imports MapDefun, a function over the rows of its arguments, as the While that {@code map_fn}
 * would be: a counter, and a list for each output that gets one element in each iteration.
 */
final class MapImporter {
  private static final String COUNTER = "row";

  private final Edges edges;
  private final FlowImporter.Bodies bodies;
  private final Scope scope;
  private final NodeDef node;
  private final Map<String, Attr> attrs;
  private final Provenance provenance;

  MapImporter(Edges edges, FlowImporter.Bodies bodies, Scope scope, NodeDef node) {
    this.edges = edges;
    this.bodies = bodies;
    this.scope = scope;
    this.node = node;
    this.attrs = AttrValues.ofNode(node, scope.callAttrs());
    this.provenance = new Provenance.Tf(scope.path(), node.getName());
  }

  /**
   * The outputs of the node.
   *
   * @param inputs arguments whose rows the function gets, then values it gets as they are
   */
  List<Value> build(List<TensorRef> inputs) {
    int arguments = list("Targuments").size();
    List<DType> types = list("output_types").stream().map(t -> ((Attr.Type) t).value()).toList();
    List<Value> shapes =
        list("output_shapes").stream()
            .map(s -> TensorArrays.operand(((Attr.ShapeOf) s).value()))
            .toList();
    if (arguments == 0 || arguments > inputs.size() || shapes.size() != types.size()) {
      throw Edges.malformed(scope, node.getName(), "its attributes do not fit its inputs");
    }
    Value rows = rows(bodies.get(inputs.get(0)));
    List<Value> initial = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Map<String, Attr> own = Map.of("element_dtype", Attr.of(types.get(i)));
      initial.add(append("TensorListReserve", List.of(shapes.get(i), rows), own, DType.VARIANT));
    }
    initial.add(TensorArrays.constant(TensorData.scalar(DType.I32, 0)));
    List<Graph> graphs = List.of(condition(rows, types.size()), body(inputs, arguments, types));
    List<Value> lists =
        bodies.append(
            new NodeSpec(
                "tf.While",
                initial,
                Map.of(),
                initial.stream().map(v -> TensorType.unranked(v.dtype())).toList(),
                graphs,
                provenance));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Map<String, Attr> own =
          Map.of("element_dtype", Attr.of(types.get(i)), "num_elements", Attr.of(-1L));
      List<Value> from = List.of(lists.get(i), shapes.get(i));
      outputs.add(append("TensorListStack", from, own, types.get(i)));
    }
    return outputs;
  }

  private List<Attr> list(String name) {
    return attrs.get(name) instanceof Attr.Many many ? many.values() : List.of();
  }

  /** How many rows an argument has, an i32 scalar. */
  private Value rows(Value argument) {
    Map<String, Attr> own = Map.of("T", Attr.of(argument.dtype()), "out_type", Attr.of(DType.I32));
    Value shape = append("Shape", List.of(argument), own, DType.I32);
    return append("GatherV2", List.of(shape, zero(), zero()), gather(DType.I32), DType.I32);
  }

  private Graph condition(Value rows, int lists) {
    Graph condition = new Graph(node.getName() + "/condition");
    Value row = params(condition, lists);
    Map<String, Attr> own = Map.of("T", Attr.of(DType.I32));
    NodeSpec less = spec("Less", List.of(row, rows), own, DType.BOOL);
    condition.addOutput("output_0", condition.append(less).result());
    return condition;
  }

  private Graph body(List<TensorRef> inputs, int arguments, List<DType> types) {
    NameAttrList function = FlowOps.functions(node).get(0);
    Scope inner = edges.enter(scope, node, function, 0);
    if (inner.body().argCount() != inputs.size() || inner.body().returnCount() != types.size()) {
      throw Edges.malformed(scope, node.getName(), "the function does not fit the node");
    }
    Graph body = new Graph(function.getName());
    Value row = params(body, types.size());
    Map<TensorRef, Value> bound = new LinkedHashMap<>();
    Set<Integer> sliced = new HashSet<>();
    for (int i = 0; i < arguments; i++) {
      Value all = bodies.get(inputs.get(i));
      NodeSpec pick = spec("GatherV2", List.of(all, row, zero()), gather(all.dtype()), all.dtype());
      bound.put(new TensorRef(inner, inner.body().argName(i), 0), body.append(pick).result());
      sliced.add(i);
    }
    inner.variables(sliced);
    List<TensorRef> returned = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      returned.add(edges.returned(inner, i));
    }
    bodies.fill(body, bound, returned);
    for (int i = 0; i < types.size(); i++) {
      List<Value> written = List.of(body.params().get(i), row, body.outputs().get(i));
      Map<String, Attr> own = Map.of("element_dtype", Attr.of(types.get(i)));
      NodeSpec write = spec("TensorListSetItem", written, own, DType.VARIANT);
      body.setOutput(i, body.append(write).result());
    }
    Value one = TensorArrays.constant(TensorData.scalar(DType.I32, 1));
    NodeSpec next = spec("AddV2", List.of(row, one), Map.of("T", Attr.of(DType.I32)), DType.I32);
    body.addOutput("output_" + types.size(), body.append(next).result());
    return body;
  }

  /** Parameters for the lists and, given back, for the counter. */
  private static Value params(Graph graph, int lists) {
    for (int i = 0; i < lists; i++) {
      graph.addParam("list_" + i, TensorType.unranked(DType.VARIANT));
    }
    return graph.addParam(COUNTER, TensorType.of(DType.I32));
  }

  private static Map<String, Attr> gather(DType dtype) {
    return Map.of(
        "Tparams", Attr.of(dtype),
        "Tindices", Attr.of(DType.I32),
        "Taxis", Attr.of(DType.I32),
        "batch_dims", Attr.of(0L));
  }

  private static Value zero() {
    return TensorArrays.constant(TensorData.scalar(DType.I32, 0));
  }

  private Value append(String op, List<Value> inputs, Map<String, Attr> own, DType result) {
    return bodies.append(spec(op, inputs, own, result)).get(0);
  }

  private NodeSpec spec(String op, List<Value> inputs, Map<String, Attr> own, DType result) {
    return NodeSpec.of("tf." + op, inputs, own, List.of(TensorType.unranked(result)), provenance);
  }
}
