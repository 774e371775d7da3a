// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A constant per input adds a constant to the bias; the weights may be quantised. */
public final class FoldShiftBeforeGemm implements Rule {
  @Override
  public String algebra() {
    return "Gemm(Add(x, d), W, c) -> Gemm(x, W, c + d @ W)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Gemm");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> shift = Producers.sole(node.input(0), node, "onnx.Add");
    Optional<DenseWeights> dense = DenseWeights.kept(node);
    if (shift.isEmpty() || dense.isEmpty()) {
      return Outcome.decline("it is not a constant times a value shifted only for it");
    }
    Value x = shift.get().input(0);
    Value d = shift.get().input(1);
    Optional<TensorData> through = dense.get().perInput(d).flatMap(dense.get()::throughWeights);
    Optional<TensorData> bias = dense.get().bias();
    Optional<TensorData> sum =
        through.flatMap(t -> bias.isEmpty() ? through : Constants.compute("Add", bias.get(), t));
    if (sum.isEmpty() || !Broadcast.into(d, x)) {
      return Outcome.decline("the shift is not a constant per input");
    }
    OnnxBuilder b = context.build(shift.get());
    return Outcome.replace(dense.get().rebuild(b, x, dense.get().weights(), sum));
  }
}
