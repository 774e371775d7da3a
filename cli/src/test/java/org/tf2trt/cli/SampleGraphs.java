// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/** Small frozen graphs for tests. */
public final class SampleGraphs {
  private SampleGraphs() {}

  static AttrValue type() {
    return AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  }

  private static AttrValue shape(long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long d : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(d));
    }
    return AttrValue.newBuilder().setShape(shape).build();
  }

  static NodeDef placeholder(String name, long... dims) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", type())
        .putAttr("shape", shape(dims))
        .build();
  }

  static NodeDef node(String name, String op, Map<String, AttrValue> attrs, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(java.util.List.of(inputs))
        .putAllAttr(attrs)
        .build();
  }

  static Path save(Path file, NodeDef... nodes) throws IOException {
    Files.write(
        file, GraphDef.newBuilder().addAllNode(java.util.List.of(nodes)).build().toByteArray());
    return file;
  }

  /** {@code y = Relu(x)} over {@code [?,2]}. */
  public static Path relu(Path file) throws IOException {
    return save(file, placeholder("x", -1, 2), node("y", "Relu", Map.of("T", type()), "x"));
  }
}
