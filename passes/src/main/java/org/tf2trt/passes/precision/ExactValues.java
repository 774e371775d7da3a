// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * Arithmetic whose results become integers: indices, sizes, bins. Rounding to 8 or 11 bits would
 * change them by whole steps, so everything pointwise in front of such a cast is exact.
 */
final class ExactValues {
  private static final Set<String> POINTWISE =
      Set.of(
          "onnx.Abs",
          "onnx.Add",
          "onnx.Cast",
          "onnx.Ceil",
          "onnx.Clip",
          "onnx.Concat",
          "onnx.Div",
          "onnx.Expand",
          "onnx.Floor",
          "onnx.Gather",
          "onnx.Identity",
          "onnx.Max",
          "onnx.Min",
          "onnx.Mod",
          "onnx.Mul",
          "onnx.Neg",
          "onnx.Reshape",
          "onnx.Round",
          "onnx.Slice",
          "onnx.Squeeze",
          "onnx.Sub",
          "onnx.Transpose",
          "onnx.Unsqueeze",
          "onnx.Where");

  private ExactValues() {}

  /** The nodes of this graph, its bodies not counted, that have to be exact. */
  static Set<Node> of(Graph graph) {
    Set<Node> exact = new LinkedHashSet<>();
    Deque<Node> work = new ArrayDeque<>();
    for (Node n : graph.nodes()) {
      if (n.is("onnx.Cast") && n.input(0).dtype() == DType.F32 && n.result().dtype().isInteger()) {
        work.add(n);
      }
    }
    while (!work.isEmpty()) {
      Node n = work.poll();
      if (exact.add(n)) {
        for (Value in : n.inputs()) {
          in.producer()
              .filter(p -> in.dtype() == DType.F32 && POINTWISE.contains(p.op()))
              .ifPresent(work::add);
        }
      }
    }
    return exact;
  }
}
