// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.infer.Inference;

/** The casts between u8 at the edge of a network and what it is carried in. */
final class EdgeCasts {
  private static final Provenance MADE = new Provenance.Synthetic("carry-types");

  private EdgeCasts() {}

  /** Everything but casts to f32 and f16 reads {@code Cast<i32>(Cast<f32>(input))}. */
  static void input(Graph graph, Value.Param input, Inference inference) {
    List<Use> others = input.uses().stream().filter(u -> !isFloatCast(u)).toList();
    if (others.isEmpty()) {
      return;
    }
    Node anchor = graph.first();
    Value f = cast(graph, anchor, input, DType.F32, inference);
    Value i = cast(graph, anchor, f, DType.I32, inference);
    others.forEach(u -> u.set(i));
  }

  private static boolean isFloatCast(Use use) {
    return use instanceof Use.Input in && isFloatCast(in.node());
  }

  private static boolean isFloatCast(Node n) {
    return n.is("onnx.Cast")
        && (n.result().dtype() == DType.F32 || n.result().dtype() == DType.F16);
  }

  /** A cast of an input that stays as it is. */
  static boolean isKept(Node n) {
    return isFloatCast(n)
        && n.input(0) instanceof Value.Param p
        && p.dtype() == DType.U8
        && p.graph().owner().isEmpty();
  }

  /** {@code Cast<u8>(Cast<f32>(v))} at the end of the graph. */
  static Value output(Graph graph, Value v, Inference inference) {
    return cast(graph, null, cast(graph, null, v, DType.F32, inference), DType.U8, inference);
  }

  private static Value cast(Graph g, Node anchor, Value v, DType to, Inference inference) {
    Map<String, Attr> attrs = Map.of("to", Attr.of(to));
    List<Value> inputs = List.of(v);
    var types = inference.infer("onnx.Cast", inputs, attrs, List.of());
    return g.insertBefore(anchor, NodeSpec.of("onnx.Cast", inputs, attrs, types, MADE)).result();
  }
}
