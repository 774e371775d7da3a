// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.frontend.quantized.Jump;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.verify.compare.Tolerance;

/**
 * A place in a converted model where a tensor is given out, and what reads it takes another in its
 * place.
 *
 * @param tensor of the original, {@code node:0}
 * @param jump what the original does there
 * @param node which of the model's nodes computes it
 * @param way how the original's lies here; null as long as it is not known
 */
record Cut(String tensor, Jump jump, int node, Alignment way) {
  private static final String IN = "tf2trt_cut_in_";
  private static final String OUT = "tf2trt_cut_out_";

  /** Where a model has the values of these nodes, in definition order. */
  static List<Cut> in(Graph onnx, List<Jump> jumps) {
    List<Cut> cuts = new ArrayList<>();
    List<Node> nodes = onnx.nodes();
    for (Jump jump : jumps) {
      for (int i = nodes.size() - 1; i >= 0; i--) {
        if (gives(nodes.get(i), jump)) {
          cuts.add(new Cut(jump.node() + ":0", jump, i, null));
          break;
        }
      }
    }
    cuts.sort((a, b) -> Integer.compare(a.node(), b.node()));
    return cuts;
  }

  /** The last value of what a node became, in the type that it gives. */
  private static boolean gives(Node node, Jump jump) {
    if (node.results().size() != 1 || !node.provenance().name().equals(jump.node())) {
      return false;
    }
    DType dtype = node.result().dtype();
    boolean typed =
        jump.scores().isPresent()
            ? dtype == DType.I32 || dtype == DType.I64
            : dtype.isFloat() ? jump.step() != 1 : dtype == DType.U8 || dtype == DType.I8;
    return typed && Probe.leaves(node.result(), jump.node());
  }

  Cut lying(Alignment how) {
    return new Cut(tensor, jump, node, how);
  }

  /** What the tensor may be off by where it is computed from the original's values. */
  Tolerance tolerance() {
    return jump.scores().isPresent() ? new Tolerance(0, null) : Tolerance.ofOneStep(jump.step());
  }

  /** Its input in the model that {@link #write} writes. */
  String input() {
    return IN + node;
  }

  /** Its output there. */
  String output() {
    return OUT + node;
  }

  /** Writes the model with the tensors as further outputs, without cutting. */
  static void mark(Path onnx, List<Cut> cuts, Path to) {
    OnnxModel model = OnnxReader.read(onnx);
    List<Node> nodes = model.graph().nodes();
    cuts.forEach(c -> model.graph().addOutput(c.output(), nodes.get(c.node()).result()));
    write(model, to);
  }

  /** Writes the model cut in all these places. */
  static Graph write(Path onnx, List<Cut> cuts, Path to) {
    OnnxModel model = OnnxReader.read(onnx);
    Graph graph = model.graph();
    List<Node> nodes = graph.nodes();
    for (Cut c : cuts) {
      Value value = nodes.get(c.node()).result();
      List<Use> readers =
          value.uses().stream()
              .filter(u -> !(u instanceof Use.Output o && o.graph() == graph))
              .toList();
      Value given = graph.addParam(c.input(), open(value.type()));
      readers.forEach(u -> u.set(given));
      graph.addOutput(c.output(), value);
    }
    write(model, to);
    return graph;
  }

  private static void write(OnnxModel model, Path to) {
    int opset = Math.max(EmitOptions.MIN_OPSET, Math.min(model.opset(), EmitOptions.MAX_OPSET));
    OnnxWriter.write(model.graph(), EmitOptions.DEFAULT.withOpset(opset), to);
  }

  /** Nothing computes the dims of an input. */
  private static TensorType open(TensorType type) {
    if (!type.shape().isRanked()) {
      return type;
    }
    List<Dim> dims = type.shape().dims().stream().map(d -> d.isKnown() ? d : Dim.UNKNOWN).toList();
    return type.withShape(Shape.of(dims));
  }
}
