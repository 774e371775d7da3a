// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Tensors of zeros, of known shape or not. */
public final class Zeros {
  private static final Set<String> MOVES =
      Set.of("onnx.Expand", "onnx.Unsqueeze", "onnx.Squeeze", "onnx.Reshape", "onnx.Transpose");

  private Zeros() {}

  /** Whether every element of a value is 0. */
  public static boolean is(Value v) {
    Optional<Node> node = v.producer();
    if (node.filter(n -> n.is("onnx.ConstantOfShape")).isPresent()) {
      Object value = node.get().attrs().get("value");
      return !(value instanceof Attr.Tensor t)
          || t.value().dtype().isFloat() && t.value().floats()[0] == 0;
    }
    return node.filter(n -> MOVES.contains(n.op())).isPresent()
        ? is(node.get().input(0))
        : Constants.isFilled(v, 0);
  }
}
