// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tf2trt.frontend.read.MetaGraph;
import org.tf2trt.frontend.read.restore.CheckpointKey;

/**
 * A graph that restores, by TensorFlow's own ops, the variables that a SavedModel's restore op
 * leaves out. TensorFlow in Python finds them by the object graph; its C API, as TensorFlow
 * Serving, does not.
 */
final class RestoreRest {
  /** The node to run. */
  static final String TARGET = "restored";

  private RestoreRest() {}

  /** Empty when the restore op leaves out nothing. */
  static Optional<GraphDef> of(MetaGraph graph) {
    if (graph.checkpoint().isEmpty()) {
      return Optional.empty();
    }
    Map<String, CheckpointKey> keys = graph.variables().leftOut(graph.graph().getNodeList());
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    String prefix = graph.checkpoint().get().toAbsolutePath().toString();
    GraphDef.Builder rest = GraphDef.newBuilder().setVersions(graph.graph().getVersions());
    rest.addNode(text("prefix", ByteString.copyFromUtf8(prefix), false));
    NodeDef.Builder target = NodeDef.newBuilder().setName(TARGET).setOp("NoOp");
    int number = 0;
    for (NodeDef variable : graph.graph().getNodeList()) {
      CheckpointKey key = keys.get(variable.getName());
      if (key != null) {
        restore(rest, variable, key, number);
        target.addInput("^assign" + number++);
      }
    }
    return Optional.of(rest.addNode(target).build());
  }

  private static void restore(
      GraphDef.Builder rest, NodeDef variable, CheckpointKey key, int number) {
    AttrValue dtype = variable.getAttrOrThrow("dtype");
    AttrValue dtypes =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addType(dtype.getType()))
            .build();
    String slice = key.slice().rank() == 0 ? "" : key.slice().toString();
    ByteString tensor = ByteString.copyFrom(key.tensor().getBytes(StandardCharsets.ISO_8859_1));
    rest.addNode(text("name" + number, tensor, true));
    rest.addNode(text("slice" + number, ByteString.copyFromUtf8(slice), true));
    rest.addNode(
        NodeDef.newBuilder()
            .setName("value" + number)
            .setOp("RestoreV2")
            .addInput("prefix")
            .addInput("name" + number)
            .addInput("slice" + number)
            .putAttr("dtypes", dtypes));
    rest.addNode(
        variable.toBuilder().setName("variable" + number).clearInput().removeAttr("_class"));
    rest.addNode(
        NodeDef.newBuilder()
            .setName("assign" + number)
            .setOp("AssignVariableOp")
            .addInput("variable" + number)
            .addInput("value" + number)
            .putAttr("dtype", dtype));
  }

  private static NodeDef text(String name, ByteString value, boolean vector) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (vector) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(1));
    }
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(shape)
            .addStringVal(value)
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }
}
