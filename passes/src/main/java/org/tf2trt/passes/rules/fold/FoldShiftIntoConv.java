// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A constant per output channel goes into the bias; the weights may be quantised. */
public final class FoldShiftIntoConv implements Rule {
  @Override
  public String algebra() {
    return "Add(Conv(x, W, b), c) -> Conv(x, W, b + c); so ConvTranspose";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Add");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<ConvWeights> conv =
        Producers.sole(node.input(0), node, "onnx.Conv", "onnx.ConvTranspose")
            .flatMap(ConvWeights::kept);
    if (conv.isEmpty()) {
      return Outcome.decline("it does not shift a convolution by constants read only here");
    }
    ConvWeights w = conv.get();
    Optional<TensorData> bias = w.perOutput(node.input(1)).flatMap(w::shiftedBias);
    if (bias.isEmpty()) {
      return Outcome.decline("the shift is not a constant per channel");
    }
    OnnxBuilder b = context.build(w.conv());
    return Outcome.replace(w.rebuild(b, w.conv().input(0), w.weights(), bias));
  }
}
