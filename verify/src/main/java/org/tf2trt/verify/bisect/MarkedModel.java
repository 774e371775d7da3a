// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** A model whose inner tensors can be made outputs. */
final class MarkedModel {
  private static final String PREFIX = "tf2trt_mark_";

  private final Path file;
  private final List<Tensor> tensors;

  private MarkedModel(Path file, List<Tensor> tensors) {
    this.file = file;
    this.tensors = List.copyOf(tensors);
  }

  /**
   * A result of a node.
   *
   * @param node position among the nodes of the model
   * @param result which of the node's results
   * @param subject the node, as diagnostics address it
   */
  record Tensor(int node, int result, String subject) {}

  static MarkedModel read(Path onnx) {
    List<Tensor> tensors = new ArrayList<>();
    int position = 0;
    for (Node n : OnnxReader.read(onnx).graph().nodes()) {
      for (int i = 0; i < n.results().size(); i++) {
        Value result = n.results().get(i);
        if (!result.isUnused() && result.dtype() != DType.STRING) {
          tensors.add(new Tensor(position, i, subject(n)));
        }
      }
      position++;
    }
    return new MarkedModel(onnx, tensors);
  }

  private static String subject(Node n) {
    return "'" + n.provenance().name() + "' (" + n.op().substring(n.op().indexOf('.') + 1) + ")";
  }

  /** Every tensor of the top graph that something reads, in the order of definition. */
  List<Tensor> tensors() {
    return tensors;
  }

  /** Writes the model with these tensors as further outputs; returns the names of the outputs. */
  List<String> write(List<Integer> marks, Path to) {
    OnnxModel model = OnnxReader.read(file);
    List<Node> nodes = model.graph().nodes();
    List<String> names = new ArrayList<>();
    for (int mark : marks) {
      Tensor t = tensors.get(mark);
      String name = PREFIX + mark;
      model.graph().addOutput(name, nodes.get(t.node()).results().get(t.result()));
      names.add(name);
    }
    int opset = Math.max(EmitOptions.MIN_OPSET, Math.min(model.opset(), EmitOptions.MAX_OPSET));
    OnnxWriter.write(model.graph(), EmitOptions.DEFAULT.withOpset(opset), to);
    return names;
  }
}
