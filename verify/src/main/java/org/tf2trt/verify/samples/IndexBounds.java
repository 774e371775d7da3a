// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * What integer inputs may be, from the sizes of the tables that they index: a token id has to be
 * less than the vocabulary.
 */
public final class IndexBounds {
  /** Ops that hand on the values of their first input, or those of all for Concat. */
  private static final Set<String> MOVES =
      Set.of(
          "onnx.Cast",
          "onnx.Identity",
          "onnx.Reshape",
          "onnx.Squeeze",
          "onnx.Unsqueeze",
          "onnx.Transpose",
          "onnx.Slice",
          "onnx.Expand",
          "onnx.Flatten",
          "onnx.Concat",
          "onnx.Tile",
          "onnx.Where",
          "onnx.Max",
          "onnx.Min",
          "onnx.Clip");

  private IndexBounds() {}

  /** Ranges of those integer inputs that index something of known size. */
  public static Map<String, ValueRange> of(Graph graph) {
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    for (Value.Param param : graph.params()) {
      if (param.dtype().isInteger()) {
        long bound = bound(param);
        if (bound < Long.MAX_VALUE) {
          ranges.put(param.name(), new ValueRange(0, bound - 1));
        }
      }
    }
    return ranges;
  }

  private static long bound(Value input) {
    long least = Long.MAX_VALUE;
    Deque<Value> open = new ArrayDeque<>();
    Set<Value> seen = new HashSet<>();
    open.add(input);
    while (!open.isEmpty()) {
      Value value = open.remove();
      if (!seen.add(value)) {
        continue;
      }
      for (Use use : value.uses()) {
        if (!(use instanceof Use.Input in)) {
          continue;
        }
        Node node = in.node();
        if (node.is("onnx.Gather") && in.index() == 1) {
          least = Math.min(least, indexed(node));
        } else if (MOVES.contains(node.op())) {
          open.add(node.result());
        }
      }
    }
    return least;
  }

  private static long indexed(Node gather) {
    var shape = gather.input(0).shape();
    if (!shape.isRanked() || shape.rank() == 0) {
      return Long.MAX_VALUE;
    }
    long axis = gather.intAttr("axis", 0);
    Dim dim = shape.dim((int) (axis < 0 ? axis + shape.rank() : axis));
    return dim.isKnown() && dim.size() > 0 ? dim.size() : Long.MAX_VALUE;
  }
}
