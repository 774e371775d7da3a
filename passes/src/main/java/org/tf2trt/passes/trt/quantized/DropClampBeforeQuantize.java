// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.facts.Bounds;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Quantisation saturates by itself. */
public final class DropClampBeforeQuantize implements Rule {
  @Override
  public String algebra() {
    return "QuantizeLinear(Clip(x, a, b), s) -> QuantizeLinear(x, s), a <= -128 * s, 127 * s <= b";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.QuantizeLinear");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> clamp = Producers.of(node.input(0), node, Bounds.OPS.toArray(new String[0]));
    Optional<Bounds> bounds = clamp.flatMap(Bounds::of);
    OptionalDouble scale = Constants.uniform(node.input(1));
    boolean centred = CentreQuantization.allZero(CentreQuantization.zeros(node));
    if (bounds.isEmpty()
        || scale.isEmpty()
        || node.result().dtype() != DType.I8
        || !centred
        || !node.input(1).shape().hasRank(0)) {
      return Outcome.decline("it does not quantise a clamped value around zero by one scale");
    }
    // The bounds are multiples of the scale up to rounding, and what is rounded to a level is it.
    double s = scale.getAsDouble();
    boolean wide =
        Math.rint(bounds.get().low() / s) <= Byte.MIN_VALUE
            && Math.rint(bounds.get().high() / s) >= Byte.MAX_VALUE;
    if (!wide) {
      return Outcome.decline("the clamp is narrower than the levels");
    }
    return Outcome.replace(
        context
            .build(clamp.get())
            .op(
                "QuantizeLinear",
                node.attrs(),
                ShiftBeforeClamp.withFirst(node, clamp.get().input(0))));
  }
}
