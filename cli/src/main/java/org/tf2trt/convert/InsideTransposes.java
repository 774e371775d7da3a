// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * Tells transposes inside convolutional parts from those in front of them, behind them and
 * elsewhere: what they move came from convolutions or their like, and goes to some, through layers
 * of any other kind. A crop by Gather, a selection of boxes and the shape of a tensor end a part.
 */
final class InsideTransposes {
  private static final int IMAGE_RANK = 4;
  private static final Set<String> SPATIAL =
      Set.of(
          "onnx.Conv",
          "onnx.ConvTranspose",
          "onnx.MaxPool",
          "onnx.AveragePool",
          "onnx.BatchNormalization",
          "onnx.InstanceNormalization",
          "onnx.LRN",
          "onnx.Resize",
          "onnx.GridSample",
          "onnx.DepthToSpace",
          "onnx.SpaceToDepth");
  private static final Set<String> ENDS =
      Set.of(
          "onnx.Shape",
          "onnx.Size",
          "onnx.Gather",
          "onnx.GatherND",
          "onnx.GatherElements",
          "onnx.NonZero",
          "onnx.NonMaxSuppression",
          "onnx.TopK",
          "onnx.ArgMax",
          "onnx.ArgMin",
          "onnx.LSTM",
          "onnx.GRU",
          "onnx.RNN");

  private InsideTransposes() {}

  static boolean contains(Node node) {
    if (!node.is("onnx.Transpose")) {
      return false;
    }
    Value in = node.input(0);
    boolean image = !in.shape().isRanked() || in.shape().rank() >= IMAGE_RANK;
    return image
        && reachesSpatial(node, InsideTransposes::producers)
        && reachesSpatial(node, InsideTransposes::readers);
  }

  private static boolean reachesSpatial(Node from, BiConsumer<Node, Deque<Node>> neighbours) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    neighbours.accept(from, open);
    while (!open.isEmpty()) {
      Node n = open.pop();
      if (SPATIAL.contains(n.op())) {
        return true;
      }
      if (!ENDS.contains(n.op()) && seen.add(n)) {
        neighbours.accept(n, open);
      }
    }
    return false;
  }

  private static void producers(Node n, Deque<Node> into) {
    n.inputs().forEach(v -> v.producer().ifPresent(into::push));
  }

  private static void readers(Node n, Deque<Node> into) {
    for (Value v : n.results()) {
      for (Use use : v.uses()) {
        use.reader().ifPresent(into::push);
      }
    }
  }
}
