// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT multiplies matrices of floats only; products and sums of integers are exact. */
public final class IntegerMatMul implements Rule {
  @Override
  public String algebra() {
    return "MatMul(a: int, b: int) -> ReduceSum(a[...,m,k,1] * b[...,1,k,n], k)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.MatMul");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value left = node.input(0);
    Value right = node.input(1);
    if (!left.dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    if (!left.shape().isRanked() || !right.shape().isRanked()) {
      return Outcome.decline("a rank is not known");
    }
    OnnxBuilder b = context.build();
    boolean vector = right.shape().rank() == 1;
    Value columns = vector ? right : b.unsqueeze(right, -3);
    Value rows = vector ? left : b.unsqueeze(left, -1);
    // A vector on the left is a row: [k,1] against [...,1,k,n] gives [...,1,k,n].
    long axis = vector ? -1 : -2;
    Value sum = b.reduce("ReduceSum", b.mul(rows, columns), false, axis);
    boolean row = left.shape().rank() == 1 && !vector;
    return Outcome.replace(row ? b.squeeze(sum, -2) : sum);
  }
}
