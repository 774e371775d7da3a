// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.backend.onnx.proto.AttributeProto;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.ModelProto;
import org.tf2trt.backend.onnx.proto.NodeProto;
import org.tf2trt.backend.onnx.proto.TensorProto;
import org.tf2trt.backend.onnx.proto.ValueInfoProto;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/**
 * ONNX Runtime's Java interface feeds no 16, 32 and 64-bit unsigned integers. A copy of the model
 * takes them as 64-bit signed ones, of which a Cast keeps the low bits.
 */
final class WideInputs {
  private static final String SUFFIX = "/as_declared";

  private WideInputs() {}

  static boolean isNeeded(List<Port> inputs) {
    return inputs.stream().anyMatch(p -> isWidened(p.type().dtype()));
  }

  private static boolean isWidened(DType dtype) {
    return dtype == DType.U16 || dtype == DType.U32 || dtype == DType.U64;
  }

  /** The model with those inputs widened; its weights have to be in the file. */
  static byte[] widened(Path model) throws IOException {
    ModelProto.Builder copy = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    GraphProto.Builder graph = copy.getGraphBuilder();
    Map<String, String> renamed = new LinkedHashMap<>();
    List<NodeProto> casts = new ArrayList<>();
    for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
      int type = input.getType().getTensorType().getElemType();
      if (isUnsigned(type)) {
        String name = input.getName();
        renamed.put(name, name + SUFFIX);
        casts.add(cast(name, type));
        input.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.INT64_VALUE);
      }
    }
    rename(graph, renamed);
    List<NodeProto> nodes = new ArrayList<>(casts);
    nodes.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(nodes);
    return copy.build().toByteArray();
  }

  private static boolean isUnsigned(int type) {
    return type == TensorProto.DataType.UINT16_VALUE
        || type == TensorProto.DataType.UINT32_VALUE
        || type == TensorProto.DataType.UINT64_VALUE;
  }

  private static NodeProto cast(String name, int type) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addInput(name)
        .addOutput(name + SUFFIX)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type))
        .build();
  }

  private static void rename(GraphProto.Builder graph, Map<String, String> names) {
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (attribute.hasG()) {
          rename(attribute.getGBuilder(), names);
        }
      }
    }
  }

  /** The data as such an input takes it. */
  static TensorData widened(TensorData data) {
    if (!isWidened(data.dtype())) {
      return data;
    }
    long[] values = data.longs();
    ByteBuffer bytes = Elements.allocate(DType.I64, values.length);
    bytes.asLongBuffer().put(values);
    return TensorData.of(DType.I64, data.shape(), bytes);
  }
}
