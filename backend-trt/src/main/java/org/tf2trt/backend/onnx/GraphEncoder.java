// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.backend.onnx.format.Bodies;
import org.tf2trt.backend.onnx.format.OnnxTypes;
import org.tf2trt.backend.onnx.format.OpName;
import org.tf2trt.backend.onnx.proto.AttributeProto;
import org.tf2trt.backend.onnx.proto.AttributeProto.AttributeType;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.NodeProto;
import org.tf2trt.backend.onnx.proto.ValueInfoProto;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;

/** A graph and its bodies as protobuf messages, without initializers. Collects what is wrong. */
final class GraphEncoder {
  private final ModelNames names;
  private final int irVersion;
  private final Diagnostics diagnostics;
  private final Set<String> domains = new LinkedHashSet<>();

  GraphEncoder(ModelNames names, int irVersion, Diagnostics diagnostics) {
    this.names = names;
    this.irVersion = irVersion;
    this.diagnostics = diagnostics;
    domains.add("");
  }

  /** The domains of all ops, the default one first. */
  Set<String> domains() {
    return domains;
  }

  GraphProto encode(Graph g) {
    GraphProto.Builder b = GraphProto.newBuilder().setName(g.name().isEmpty() ? "graph" : g.name());
    g.params().forEach(p -> b.addInput(info(names.of(p), p, "'" + p.name() + "'")));
    for (Node n = g.first(); n != null; n = n.next()) {
      collecting(n, b);
    }
    for (int i = 0; i < g.outputs().size(); i++) {
      output(g, i, b);
    }
    return b.build();
  }

  private void collecting(Node n, GraphProto.Builder b) {
    try {
      b.addNode(node(n));
      for (Value r : n.results()) {
        if (!isOutput(r, n.graph())) {
          b.addValueInfo(info(names.of(r), r, n.toString()));
        }
      }
    } catch (DiagnosticException e) {
      diagnostics.addAll(e.diagnostics());
    }
  }

  private boolean isOutput(Value r, Graph g) {
    return r.uses().stream().anyMatch(u -> u instanceof Use.Output o && o.graph() == g);
  }

  private NodeProto node(Node n) {
    OpName op = OpName.of(n.op());
    if (op.domain().equals("tf")) {
      throw DiagnosticException.of(
          Code.UNSUPPORTED_OP,
          n.toString(),
          "no lowering to ONNX",
          "cut the graph before it with --outputs, or give a recipe for this op");
    }
    domains.add(op.domain());
    NodeProto.Builder b =
        NodeProto.newBuilder().setName(names.of(n)).setOpType(op.type()).setDomain(op.domain());
    if (op.domain().isEmpty()) {
      b.clearDomain();
    }
    int inputs = n.inputs().size();
    int least = n.is("onnx.Loop") ? 2 : 0; // its condition may be empty, not missing
    while (inputs > least && !n.input(inputs - 1).isPresent()) {
      inputs--; // absent inputs at the tail are not written at all
    }
    n.inputs().subList(0, inputs).forEach(v -> b.addInput(names.of(v)));
    n.results().forEach(r -> b.addOutput(names.of(r)));
    for (Map.Entry<String, Attr> e : n.attrs().entrySet()) {
      b.addAttribute(AttrEncoder.encode(e.getKey(), e.getValue(), n.toString()));
    }
    bodies(n, b);
    Origin.put(b, n.provenance(), irVersion);
    return b.build();
  }

  private void bodies(Node n, NodeProto.Builder b) {
    List<String> attributes = Bodies.attributes(n.op(), n.bodies().size());
    for (int i = 0; i < n.bodies().size(); i++) {
      b.addAttribute(
          AttributeProto.newBuilder()
              .setName(attributes.get(i))
              .setType(AttributeType.GRAPH)
              .setG(encode(n.bodies().get(i))));
    }
  }

  /**
   * An output that no node of this graph makes under its name (a parameter, a constant, a value of
   * an outer graph, a value that is another output already) goes through an Identity.
   */
  private void output(Graph g, int i, GraphProto.Builder b) {
    Value v = g.outputs().get(i);
    String name = names.output(g, i);
    if (!names.of(v).equals(name)) {
      NodeProto.Builder identity =
          NodeProto.newBuilder()
              .setName(names.extraNode(name))
              .setOpType("Identity")
              .addInput(names.of(v))
              .addOutput(name);
      Origin.put(identity, new Provenance.Synthetic("emit"), irVersion);
      b.addNode(identity);
    }
    b.addOutput(info(name, v, "'" + name + "'"));
    if (g.owner().isEmpty() && !v.shape().isRanked()) {
      diagnostics.add(
          Diagnostic.warning(
              Code.BAD_SHAPE, "'" + name + "'", "the rank of this output is not known", ""));
    }
  }

  private static ValueInfoProto info(String name, Value v, String subject) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxTypes.encode(v.type(), subject))
        .build();
  }
}
