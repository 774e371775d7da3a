// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import org.tf2trt.backend.onnx.format.OpName;
import org.tf2trt.backend.onnx.opset.OpsetConversion;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.schema.Schemas;

/** What to call the constant that a node reads, when it has no name of its own. */
final class InputNames {
  private InputNames() {}

  static String of(Node n, int index) {
    OpName op = OpName.of(n.op());
    return op.domain().isEmpty()
        ? Schemas.onnxForm(op.type(), OpsetConversion.CANONICAL)
            .filter(s -> index < s.inputs().size() && !s.inputs().get(index).isVariadic())
            .map(s -> s.inputs().get(index).name())
            .orElse("in" + index)
        : "in" + index;
  }
}
