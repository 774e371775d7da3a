// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Truth;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * The builder of TensorRT 10.6 computes a connective that one operand decides wrongly, or stops
 * where its shape is open. What is left of them here is too open or too large to be a constant; a
 * comparison of integers that holds for no bools, or for all, has the same values and broadcasts in
 * the same way.
 */
public final class DecidedConnective implements Rule {
  @Override
  public String algebra() {
    return "And(x, false) -> Less(Cast<i32>(x), 0); Or(x, true) -> LessOrEqual(Cast<i32>(x), 1)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.And", "onnx.Or");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    boolean decides = node.is("onnx.Or");
    OnnxBuilder b = context.build();
    for (int i = 1; i >= 0; i--) {
      Optional<Boolean> truth = Truth.of(node.input(i));
      if (truth.filter(t -> t == decides).isPresent()) {
        Value x = b.cast(node.input(1 - i), DType.I32);
        Value c = b.cast(node.input(i), DType.I32);
        return Outcome.replace(b.op(decides ? "LessOrEqual" : "Less", x, c));
      }
    }
    return Outcome.decline("neither operand decides it");
  }
}
