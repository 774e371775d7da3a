// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** In TensorRT both operands have one type. */
public final class PowTypes implements Rule {
  @Override
  public String algebra() {
    return "Pow(x: T, y: U) -> Pow(x, Cast<T>(y))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Pow");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.input(0).dtype() == node.input(1).dtype()) {
      return Outcome.decline("the types are one");
    }
    if (!node.input(0).dtype().isFloat() && node.input(1).dtype().isFloat()) {
      return Outcome.decline("an integer has a float exponent");
    }
    OnnxBuilder b = context.build();
    return Outcome.replace(
        b.op("Pow", node.input(0), b.cast(node.input(1), node.input(0).dtype())));
  }
}
