// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Bounds;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Behind a clamp, a shift is in the way of folding it into the bias of what the clamp follows. Only
 * in front of quantisation: elsewhere Relu is worth more.
 */
public final class ShiftBeforeClamp implements Rule {
  @Override
  public String algebra() {
    return "QuantizeLinear(Clip(x, a, b) + c) -> QuantizeLinear(Clip(x + c, a + c, b + c))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.QuantizeLinear");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> shift = Producers.sole(node.input(0), node, "onnx.Add");
    Optional<Node> clamp =
        shift.flatMap(s -> Producers.sole(s.input(0), s, Bounds.OPS.toArray(new String[0])));
    Optional<Bounds> bounds = clamp.flatMap(Bounds::of);
    if (bounds.isEmpty() || node.input(0).dtype() != DType.F32) {
      return Outcome.decline("it does not quantise a clamped value that is shifted");
    }
    OptionalDouble c = Constants.uniform(shift.get().input(1));
    if (c.isEmpty() || !shift.get().input(1).shape().hasRank(0)) {
      return Outcome.decline("the shift is not one number");
    }
    float by = (float) c.getAsDouble();
    Bounds moved = new Bounds((float) bounds.get().low() + by, (float) bounds.get().high() + by);
    OnnxBuilder b = context.build(shift.get(), clamp.get());
    Value x = moved.apply(b, b.add(clamp.get().input(0), shift.get().input(1)));
    return Outcome.replace(b.op("QuantizeLinear", node.attrs(), withFirst(node, x)));
  }

  static Value[] withFirst(Node node, Value x) {
    Value[] inputs = node.inputs().toArray(new Value[0]);
    inputs[0] = x;
    return inputs;
  }
}
