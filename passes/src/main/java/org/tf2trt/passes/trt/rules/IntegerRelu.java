// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT's activations are of floats. */
public final class IntegerRelu implements Rule {
  @Override
  public String algebra() {
    return "Relu(x: int) -> Max(x, 0)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Relu");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (!x.dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    OnnxBuilder b = context.build();
    return Outcome.replace(b.op("Max", x, b.scalarLike(x, 0)));
  }
}
