// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.backend.onnx.format.OnnxFile;
import org.tf2trt.backend.onnx.proto.AttributeProto;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.NodeProto;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Where the nodes of an ONNX file came from, for messages of runtimes that name them.
 *
 * @param nodes by ONNX node name, in the order of the file, those of bodies included
 */
public record NodeOrigins(Map<String, Origin> nodes) {
  public NodeOrigins {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /** One ONNX node: its op, and the TensorFlow nodes that it stands for. */
  public record Origin(String op, Provenance provenance) {
    /** {@code 'dense/MatMul' (MatMul)}. */
    public String subject() {
      return "'" + provenance.name() + "' (" + op + ")";
    }
  }

  /** Nothing is known. */
  public static NodeOrigins none() {
    return new NodeOrigins(Map.of());
  }

  /**
   * Reads the nodes of a file, and none of its weights.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, WRONG_FILE_KIND or CORRUPT_FILE
   */
  public static NodeOrigins read(Path file) {
    Map<String, Origin> nodes = new LinkedHashMap<>();
    collect(OnnxFile.parse(file).getGraph(), nodes);
    return new NodeOrigins(nodes);
  }

  private static void collect(GraphProto graph, Map<String, Origin> nodes) {
    for (NodeProto node : graph.getNodeList()) {
      if (!node.getName().isEmpty()) {
        nodes.putIfAbsent(
            node.getName(), new Origin(node.getOpType(), org.tf2trt.backend.onnx.Origin.get(node)));
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          collect(attribute.getG(), nodes);
        }
      }
    }
  }
}
