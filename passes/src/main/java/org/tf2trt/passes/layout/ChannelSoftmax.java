// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import java.util.Set;
import org.tf2trt.ir.Node;

/** Softmax over the channels. */
final class ChannelSoftmax {
  private static final Set<String> OPS = Set.of("onnx.LogSoftmax", "onnx.Softmax");

  private ChannelSoftmax() {}

  /**
   * Whether a node is one.
   *
   * @param flip how its layout would change, which tells where the channels are now
   */
  static boolean is(Node node, Flip flip) {
    if (!OPS.contains(node.op())) {
      return false;
    }
    int rank = node.result().shape().rank();
    int axis = Math.floorMod((int) node.intAttr("axis", -1), rank);
    return axis == (flip == Flip.TO_FIRST ? rank - 1 : 1);
  }
}
