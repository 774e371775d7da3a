// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT's running sums are of floats; choosing and summing integers is exact. */
public final class IntegerCumSum implements Rule {
  @Override
  public String algebra() {
    return "CumSum(x: int) -> ReduceSum over j of Where(j <= i, x[j], 0)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.CumSum");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (!x.dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    Optional<long[]> given = Constants.longs(node.input(1));
    if (given.isEmpty() || !x.shape().isRanked() || x.shape().rank() > 7) {
      return Outcome.decline("axis or rank is not known, or the rank is above 7");
    }
    OnnxBuilder b = context.build();
    int rank = x.shape().rank();
    int axis = (int) (given.get()[0] < 0 ? given.get()[0] + rank : given.get()[0]);
    long[] at = new long[rank - axis];
    Arrays.fill(at, 1);
    at[0] = -1;
    Value from = b.reshape(Iota.of(b, x, axis), at);
    Value to = b.unsqueeze(from, 1);
    boolean reverse = node.intAttr("reverse", 0) != 0;
    boolean exclusive = node.intAttr("exclusive", 0) != 0;
    String op = (reverse ? "Greater" : "Less") + (exclusive ? "" : "OrEqual");
    Value counts = b.op(op, from, to);
    Value chosen = b.where(counts, b.unsqueeze(x, axis), b.scalarLike(x, 0));
    return Outcome.replace(b.reduce("ReduceSum", chosen, false, axis + 1));
  }
}
