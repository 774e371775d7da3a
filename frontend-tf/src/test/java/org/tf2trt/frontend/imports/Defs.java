// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Printer;

/** Graphs and functions written node by node, and what the import makes of them. */
final class Defs {
  private final List<NodeDef> nodes = new ArrayList<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, OpDef> customOps = new LinkedHashMap<>();
  private List<String> inputs = List.of();
  private List<String> keys = List.of();
  private StateRequest state = StateRequest.FIXED;

  static AttrValue type(DataType t) {
    return AttrValue.newBuilder().setType(t).build();
  }

  static AttrValue placeholder(String attr) {
    return AttrValue.newBuilder().setPlaceholder(attr).build();
  }

  static AttrValue types(int count) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (int i = 0; i < count; i++) {
      list.addType(DataType.DT_FLOAT);
    }
    return AttrValue.newBuilder().setList(list).build();
  }

  static AttrValue function(String name) {
    NameAttrList.Builder f = NameAttrList.newBuilder().setName(name);
    f.putAttr("T", type(DataType.DT_FLOAT));
    return AttrValue.newBuilder().setFunc(f).build();
  }

  static AttrValue integer(long i) {
    return AttrValue.newBuilder().setI(i).build();
  }

  static AttrValue shape(long... dims) {
    TensorShapeProto.Builder s = TensorShapeProto.newBuilder();
    for (long d : dims) {
      s.addDim(TensorShapeProto.Dim.newBuilder().setSize(d));
    }
    return AttrValue.newBuilder().setShape(s).build();
  }

  /** A node of float tensors: {@code op} and its inputs, separated by blanks. */
  static NodeDef node(String name, String op, Map<String, AttrValue> attrs) {
    String[] words = op.split(" ");
    NodeDef.Builder n = NodeDef.newBuilder().setName(name).setOp(words[0]);
    if (!attrs.containsKey("T") && !words[0].contains("Call") && !words[0].equals("NoOp")) {
      n.putAttr("T", type(DataType.DT_FLOAT));
    }
    for (int i = 1; i < words.length; i++) {
      n.addInput(words[i]);
    }
    return n.putAllAttr(attrs).build();
  }

  static NodeDef node(String name, String op) {
    return node(name, op, Map.of());
  }

  static NodeDef call(String name, String function, String op) {
    int arguments = op.split(" ").length - 1;
    return node(
        name, op, Map.of("f", function(function), "Tin", types(arguments), "Tout", types(1)));
  }

  Defs add(NodeDef... more) {
    nodes.addAll(List.of(more));
    return this;
  }

  Defs node(String name, String op, String attr, AttrValue value) {
    return add(node(name, op, Map.of(attr, value)));
  }

  Defs input(String name, long... dims) {
    return add(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Placeholder")
            .putAttr("dtype", type(DataType.DT_FLOAT))
            .putAttr("shape", shape(dims))
            .build());
  }

  Defs constant(String name, float value) {
    return constant(name, DataType.DT_FLOAT, TensorProto.newBuilder().addFloatVal(value));
  }

  Defs constant(String name, int value) {
    return constant(name, DataType.DT_INT32, TensorProto.newBuilder().addIntVal(value));
  }

  private Defs constant(String name, DataType dtype, TensorProto.Builder element) {
    TensorProto t =
        element.setDtype(dtype).setTensorShape(TensorShapeProto.getDefaultInstance()).build();
    AttrValue tensor = AttrValue.newBuilder().setTensor(t).build();
    return add(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Const")
            .putAttr("dtype", type(dtype))
            .putAttr("value", tensor)
            .build());
  }

  /**
   * A function.
   *
   * @param arguments names separated by blanks
   * @param returns {@code name=tensor} separated by blanks
   */
  Defs function(String name, String arguments, String returns, NodeDef... body) {
    OpDef.Builder signature = OpDef.newBuilder().setName(name);
    FunctionDef.Builder f = FunctionDef.newBuilder();
    for (String arg : arguments.isEmpty() ? new String[0] : arguments.split(" ")) {
      signature.addInputArg(OpDef.ArgDef.newBuilder().setName(arg));
    }
    for (String ret : returns.split(" ")) {
      String out = ret.substring(0, ret.indexOf('='));
      signature.addOutputArg(OpDef.ArgDef.newBuilder().setName(out));
      f.putRet(out, ret.substring(ret.indexOf('=') + 1));
    }
    functions.put(name, f.setSignature(signature).addAllNodeDef(List.of(body)).build());
    return this;
  }

  /** Declares an op that TensorFlow does not have, with these outputs. */
  Defs declare(String op, String... outputs) {
    OpDef.Builder def = OpDef.newBuilder().setName(op);
    for (String output : outputs) {
      def.addOutputArg(OpDef.ArgDef.newBuilder().setName(output));
    }
    customOps.put(op, def.build());
    return this;
  }

  Defs inputs(String... names) {
    inputs = List.of(names);
    return this;
  }

  /** Inputs as a signature declares them: {@code key=tensor}. */
  Defs keys(String... declared) {
    keys = List.of(declared);
    return this;
  }

  private static PublicTensor key(String text) {
    String[] sides = text.split("=");
    return new PublicTensor(sides[0], sides[1], Optional.of(TensorType.unranked(DType.F32)));
  }

  GraphDef graph() {
    return GraphDef.newBuilder()
        .addAllNode(nodes)
        .setVersions(VersionDef.newBuilder().setProducer(1000))
        .setLibrary(
            org.tensorflow.proto.FunctionDefLibrary.newBuilder().addAllFunction(functions.values()))
        .build();
  }

  Graph load(String... outputs) {
    return load(new Diagnostics(), outputs);
  }

  Graph load(Diagnostics warnings, String... outputs) {
    return imported(warnings, outputs).graph();
  }

  /** Variables that the graph changes become inputs and outputs. */
  Defs stateful() {
    state = new StateRequest(StateMode.IO, "");
    return this;
  }

  Imported imported(Diagnostics warnings, String... outputs) {
    Imported imported =
        GraphImporter.run(
            new ImportRequest(
                "g",
                graph(),
                functions,
                keys.isEmpty() ? tensors(inputs) : keys.stream().map(Defs::key).toList(),
                tensors(List.of(outputs)),
                variable -> TensorData.scalar(DType.F32, 7),
                customOps,
                state,
                Map.of()),
            warnings);
    if (!Verifier.verify(imported.graph()).isEmpty()) {
      throw new AssertionError(Verifier.verify(imported.graph()));
    }
    return imported;
  }

  /** The imported graph as text, with provenance; {@code T=f32} left out. */
  String text(String... outputs) {
    return Printer.printWithProvenance(load(outputs))
        .replace("{T=f32} ", "")
        .replace("{T=f32, ", "{");
  }

  private static List<PublicTensor> tensors(List<String> names) {
    return names.stream().map(n -> new PublicTensor(n, n, Optional.empty())).toList();
  }
}
