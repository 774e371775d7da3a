// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A constant per input channel adds the same to every output of an unpadded convolution. Padding
 * would have to be shifted too, so padded ones stay. The weights may be quantised.
 */
public final class FoldShiftBeforeConv implements Rule {
  @Override
  public String algebra() {
    return "Conv(Add(x, c), W, b) -> Conv(x, W, b + sum(W * c)), no padding";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Conv");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> shift = Producers.sole(node.input(0), node, "onnx.Add");
    Optional<ConvWeights> conv = ConvWeights.kept(node);
    if (shift.isEmpty() || conv.isEmpty()) {
      return Outcome.decline("it is not a convolution by constants of a value shifted only for it");
    }
    String auto = node.stringAttr("auto_pad", "NOTSET");
    if (!auto.equals("VALID")
        && (!auto.equals("NOTSET") || Arrays.stream(node.intsAttr("pads")).anyMatch(p -> p != 0))) {
      return Outcome.decline("the convolution pads");
    }
    ConvWeights w = conv.get();
    Value x = shift.get().input(0);
    Value c = shift.get().input(1);
    Optional<TensorData> bias = w.perInput(c).flatMap(w::throughWeights).flatMap(w::shiftedBias);
    if (bias.isEmpty() || !Broadcast.into(c, x)) {
      return Outcome.decline("the shift is not a constant per channel");
    }
    return Outcome.replace(w.rebuild(context.build(shift.get()), x, w.weights(), bias));
  }
}
