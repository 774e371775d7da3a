// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Arrays;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT asks for a constant depth and does not say what indices out of range give; a comparison
 * needs neither. Indices from -depth to -1 count from the end.
 */
public final class SpellOutOneHot implements Rule {
  @Override
  public String algebra() {
    return "OneHot(i, depth, [off, on]) -> Where(i == Range(depth), on, off)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.OneHot");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value given = node.input(0);
    if (!given.shape().isRanked()) {
      return Outcome.decline("the rank is not known");
    }
    int rank = given.shape().rank() + 1;
    if (rank > 8) {
      return Outcome.decline("the rank would be above 8");
    }
    OnnxBuilder b = context.build();
    Value indices = b.cast(given, DType.I64);
    Value depth = b.cast(node.input(1), DType.I64);
    if (depth.shape().hasRank(1)) {
      depth = b.squeeze(depth, 0);
    }
    Value zero = b.scalar(DType.I64, 0);
    indices = b.where(b.op("Less", indices, zero), b.add(indices, depth), indices);
    long axis = node.intAttr("axis", -1);
    int at = (int) (axis < 0 ? axis + rank : axis);
    long[] target = new long[rank - at];
    Arrays.fill(target, 1);
    target[0] = -1;
    Value steps = b.reshape(Iota.upTo(b, depth), target);
    Value hot = b.op("Equal", b.unsqueeze(indices, at), steps);
    Value off = b.op("Gather", node.input(2), b.scalar(DType.I64, 0));
    Value on = b.op("Gather", node.input(2), b.scalar(DType.I64, 1));
    return Outcome.replace(b.where(hot, on, off));
  }
}
