// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Between quantisation and what computes with it, ops that move elements or choose the largest let
 * a shift pass, so that it meets a bias.
 */
public final class ShiftBehindMove implements Rule {
  private static final Set<String> MOVES =
      Set.of("onnx.Reshape", "onnx.Flatten", "onnx.Squeeze", "onnx.Unsqueeze", "onnx.MaxPool");

  @Override
  public String algebra() {
    return "Reshape(DQ(q) + c) -> Reshape(DQ(q)) + c; so Flatten, Squeeze, Unsqueeze and MaxPool";
  }

  @Override
  public Set<String> roots() {
    return MOVES;
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> shift = Producers.sole(node.input(0), node, "onnx.Add");
    if (shift.isEmpty() || node.results().size() != 1 || !isDequantized(shift.get().input(0))) {
      return Outcome.decline("it does not move what was dequantised and shifted");
    }
    Value c = shift.get().input(1);
    if (!Constants.is(c) || !c.shape().hasRank(0)) {
      return Outcome.decline("the shift is not one number");
    }
    OnnxBuilder b = context.build(shift.get());
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, shift.get().input(0));
    String op = node.op().substring("onnx.".length());
    return Outcome.replace(b.add(b.ops(op, 1, node.attrs(), inputs, List.of()).get(0), c));
  }

  private static boolean isDequantized(Value v) {
    Value at = v;
    while (at instanceof Value.Result r && MOVES.contains(r.node().op())) {
      at = r.node().input(0);
    }
    return at.producer("onnx.DequantizeLinear").isPresent();
  }
}
