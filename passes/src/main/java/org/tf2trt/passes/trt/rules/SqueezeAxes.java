// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import java.util.stream.IntStream;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Without axes TensorRT wants a static shape. */
public final class SqueezeAxes implements Rule {
  @Override
  public String algebra() {
    return "Squeeze(x) -> Squeeze(x, axes of extent 1)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Squeeze");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.optionalInput(1).isPresent()) {
      return Outcome.decline("it has axes");
    }
    Shape in = node.input(0).shape();
    Shape out = node.result().shape();
    if (!in.isRanked() || !out.isRanked()) {
      return Outcome.decline("a rank is not known");
    }
    long[] ones =
        IntStream.range(0, in.rank()).filter(i -> in.dim(i).is(1)).asLongStream().toArray();
    if (ones.length != in.rank() - out.rank()) {
      return Outcome.decline("it is not known which extents are 1");
    }
    return Outcome.replace(context.build().squeeze(node.input(0), ones));
  }
}
