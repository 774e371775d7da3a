// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Shapes;

/** Ops whose outputs are their inputs. */
final class PassThroughLowerings {
  private PassThroughLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op :
        List.of(
            "Identity",
            "StopGradient",
            "PreventGradient",
            "CheckNumerics",
            "CheckNumericsV2",
            "Snapshot",
            "DeepCopy",
            "GuaranteeConst",
            "DebugGradientIdentity",
            "DebugIdentity",
            "Print",
            "ReadVariableOp",
            "PlaceholderWithDefault")) {
      table.one(op, (node, build) -> node.input(0));
    }
    table.add("IdentityN", (node, build) -> node.inputs());
    table.one("EnsureShape", PassThroughLowerings::ensureShape);
  }

  /** tf.ensure_shape: what the attribute says of the shape is believed. */
  private static Value ensureShape(TfNode node, OnnxBuilder build) {
    Value v = node.input(0);
    if (!Shapes.compatible(v.shape(), node.shape("shape"))) {
      throw node.refuse(
          "the input is " + v.type() + ", never " + node.shape("shape"), "fix the model");
    }
    return v;
  }
}
