// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/** The inputs of ops that are shapes, or parts of them: TensorRT computes these on the host. */
public final class ShapeOperands {
  private static final Map<String, List<Integer>> POSITIONS =
      Map.of(
          "onnx.Range", List.of(0, 1, 2),
          "onnx.Expand", List.of(1),
          "onnx.Reshape", List.of(1),
          "onnx.Tile", List.of(1),
          "onnx.ConstantOfShape", List.of(0),
          "onnx.Pad", List.of(1),
          "onnx.Slice", List.of(1, 2, 4),
          "onnx.Resize", List.of(2, 3),
          "onnx.TopK", List.of(1),
          "onnx.Loop", List.of(0));

  /** Values that are looked at; what decides a shape is a few steps from it. */
  private static final int MOST = 64;

  private ShapeOperands() {}

  /** Positions of such inputs of an op; empty for most. */
  public static List<Integer> of(String op) {
    return POSITIONS.getOrDefault(op, List.of());
  }

  /** Whether a shape is computed from a value; true as well where that takes long to see. */
  public static boolean fedBy(Value value) {
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (!seen.add(v)) {
        continue;
      }
      if (seen.size() > MOST) {
        return true;
      }
      for (Use use : v.uses()) {
        if (use instanceof Use.Input input) {
          Node reader = input.node();
          if (of(reader.op()).contains(input.index())) {
            return true;
          }
          reader.results().stream().filter(r -> r.dtype().isInteger()).forEach(open::push);
        }
      }
    }
    return false;
  }
}
