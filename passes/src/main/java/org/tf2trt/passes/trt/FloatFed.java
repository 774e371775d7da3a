// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * Values that are computed from the elements of float inputs. TensorRT computes shapes on the host,
 * from the shapes of inputs and from inputs of integers. Floats may occur on the way, but where one
 * begins with an input of floats, the shape analyser of 10.6 stops at an assertion
 * (graphShapeAnalyzer.cpp, checkCalculationStatusSanity).
 */
final class FloatFed {
  /** The inputs of an op that are shapes, or parts of them. */
  private static final Map<String, int[]> SHAPES =
      Map.of(
          "onnx.Range", new int[] {0, 1, 2},
          "onnx.Expand", new int[] {1},
          "onnx.Reshape", new int[] {1},
          "onnx.Tile", new int[] {1},
          "onnx.ConstantOfShape", new int[] {0},
          "onnx.Pad", new int[] {1},
          "onnx.Slice", new int[] {1, 2, 4},
          "onnx.Resize", new int[] {2, 3},
          "onnx.TopK", new int[] {1},
          "onnx.Loop", new int[] {0});

  private final Set<Value> fed = Collections.newSetFromMap(new IdentityHashMap<>());

  private FloatFed() {}

  static FloatFed of(Graph graph) {
    FloatFed all = new FloatFed();
    graph.params().stream().filter(p -> p.dtype().isFloat()).forEach(all.fed::add);
    all.graph(graph);
    return all;
  }

  private void graph(Graph graph) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      n.bodies().forEach(this::graph);
      if (!n.is("onnx.Shape")
          && !n.is("onnx.Size")
          && n.inputs().stream().anyMatch(fed::contains)) {
        fed.addAll(n.results());
      }
    }
  }

  Optional<String> against(Node node) {
    for (int i : SHAPES.getOrDefault(node.op(), new int[0])) {
      if (node.optionalInput(i).filter(fed::contains).isPresent()) {
        return Optional.of("input %d is a shape and computed from floats of an input".formatted(i));
      }
    }
    return Optional.empty();
  }
}
