// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.ShapeOperands;

/**
 * Shapes in a loop that differ from iteration to iteration. TensorRT computes shapes before it
 * runs, and 10.6 finds a circle where one depends on what a loop counts or hands on (topSort.cpp,
 * trivialChoice).
 */
final class LoopFed {
  private LoopFed() {}

  /** What stands against a node in the body of a loop. */
  static Optional<String> against(Node node) {
    for (int i : ShapeOperands.of(node.op())) {
      if (node.optionalInput(i).filter(LoopFed::changes).isPresent()) {
        return Optional.of(
            "input %d is a shape and differs from iteration to iteration".formatted(i));
      }
    }
    return Optional.empty();
  }

  private static boolean changes(Value shape) {
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Value> open = new ArrayDeque<>();
    open.push(shape);
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (!v.isPresent() || !seen.add(v)) {
        continue;
      }
      if (v instanceof Value.Param p && p.graph().owner().isPresent()) {
        return true;
      }
      v.producer()
          .filter(n -> !n.is("onnx.Shape") && !n.is("onnx.Size"))
          .ifPresent(n -> n.inputs().forEach(open::push));
    }
    return false;
  }
}
