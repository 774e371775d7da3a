// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A Gemm of integers as the product and the sum that it is. */
public final class IntegerGemm implements Rule {
  @Override
  public String algebra() {
    return "Gemm(a: int, b, c) -> MatMul(a, b) + c";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Gemm");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (!node.input(0).dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    if (node.floatAttr("alpha", 1) != 1 || node.floatAttr("beta", 1) != 1) {
      return Outcome.decline("it scales");
    }
    OnnxBuilder b = context.build();
    Value left = node.intAttr("transA", 0) != 0 ? b.transpose(node.input(0), 1, 0) : node.input(0);
    Value right = node.intAttr("transB", 0) != 0 ? b.transpose(node.input(1), 1, 0) : node.input(1);
    Value product = b.op("MatMul", left, right);
    return Outcome.replace(node.optionalInput(2).map(c -> b.add(product, c)).orElse(product));
  }
}
