// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Set;
import org.tf2trt.ir.Node;

/** Ops whose results hold elements of their first input and nothing else. */
final class Moves {
  private static final Set<String> OPS =
      Set.of(
          "onnx.DepthToSpace",
          "onnx.Expand",
          "onnx.Flatten",
          "onnx.Gather",
          "onnx.Reshape",
          "onnx.Slice",
          "onnx.SpaceToDepth",
          "onnx.Squeeze",
          "onnx.Tile",
          "onnx.Transpose",
          "onnx.Unsqueeze");

  private Moves() {}

  static boolean is(Node node) {
    return OPS.contains(node.op());
  }
}
