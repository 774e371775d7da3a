// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * Values near the inputs of a model, which may lie on a grid of their own. Of an image of 8 bits
 * that is scaled to [-1, 1] and quantised there, every value lies half-way between two levels, and
 * how a tie is rounded decides about all of them. Behind sums of products ties are rare.
 */
final class OnGrid {
  private static final Set<String> SUMS =
      Set.of(
          "onnx.Conv",
          "onnx.ConvTranspose",
          "onnx.MatMul",
          "onnx.Gemm",
          "onnx.Einsum",
          "onnx.LSTM",
          "onnx.GRU",
          "onnx.RNN",
          "onnx.ReduceMean",
          "onnx.AveragePool",
          "onnx.GlobalAveragePool",
          "onnx.DequantizeLinear");

  private OnGrid() {}

  /** Whether no sum of products, and no earlier quantisation, lies before it. */
  static boolean mayBe(Value wanted) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Value> open = new ArrayDeque<>(List.of(wanted));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (v instanceof Value.Result r && seen.add(r.node())) {
        if (SUMS.contains(r.node().op())) {
          return false;
        }
        r.node().inputs().forEach(open::push);
      }
    }
    return true;
  }
}
