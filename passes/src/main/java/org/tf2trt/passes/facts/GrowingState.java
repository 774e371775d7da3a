// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Loops that hand on a value which is longer after each iteration. */
public final class GrowingState {
  private GrowingState() {}

  /** Whether an onnx.Loop does. */
  public static boolean isIn(Node loop) {
    Graph body = loop.bodies().get(0);
    for (int state = 0; state < loop.inputs().size() - 2; state++) {
      Value before = body.params().get(2 + state);
      Optional<Node> made = body.outputs().get(1 + state).producer();
      if (made.filter(n -> n.is("onnx.Concat") && n.inputs().contains(before)).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
