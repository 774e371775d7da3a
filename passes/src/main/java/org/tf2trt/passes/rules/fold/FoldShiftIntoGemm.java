// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A constant per output goes into the bias; the weights may be quantised. */
public final class FoldShiftIntoGemm implements Rule {
  @Override
  public String algebra() {
    return "Add(Gemm(x, W, c), d) -> Gemm(x, W, c + d)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Add");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<DenseWeights> dense =
        Producers.sole(node.input(0), node, "onnx.Gemm").flatMap(DenseWeights::kept);
    if (dense.isEmpty()) {
      return Outcome.decline("it does not shift a Gemm by constants read only here");
    }
    Optional<TensorData> shift = dense.get().perOutput(node.input(1));
    Optional<TensorData> bias = dense.get().bias();
    Optional<TensorData> sum =
        shift.flatMap(s -> bias.isEmpty() ? shift : Constants.compute("Add", bias.get(), s));
    if (sum.isEmpty()) {
      return Outcome.decline("the shift is not a constant per output");
    }
    OnnxBuilder b = context.build(dense.get().dense());
    Value x = dense.get().dense().input(0);
    return Outcome.replace(dense.get().rebuild(b, x, dense.get().weights(), sum));
  }
}
