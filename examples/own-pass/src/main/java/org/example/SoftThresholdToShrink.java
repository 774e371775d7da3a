// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.tf2trt.passes.rewrite.Patterns.any;
import static org.tf2trt.passes.rewrite.Patterns.constant;
import static org.tf2trt.passes.rewrite.Patterns.op;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.rewrite.Match;
import org.tf2trt.passes.rewrite.Pattern;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Five ops are one. It differs for NaN, which Shrink turns into 0: our networks have none. */
public final class SoftThresholdToShrink implements Rule {
  private static final Pattern.Var X = any("x");
  private static final Pattern.Const NEGATED = constant("negated threshold");

  // The form that the built-in rules leave: a difference with a constant is a sum.
  private static final Pattern.Op PATTERN =
      op(
              "onnx.Mul",
              op("onnx.Sign", X),
              op("onnx.Relu", op("onnx.Add", op("onnx.Abs", X), NEGATED).once()).once())
          .commutative();

  @Override
  public String algebra() {
    return "Mul(Sign(x), Relu(Add(Abs(x), -a))) -> Shrink(x; a)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Mul");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Match> match = PATTERN.match(node);
    if (match.isEmpty()) {
      return Outcome.decline("it is not a sign times what exceeds a threshold");
    }
    TensorData negated = match.get().constant(NEGATED);
    if (negated.elements() != 1) {
      return Outcome.decline("the threshold has several elements");
    }
    double threshold = -negated.doubles()[0];
    if (threshold < 0) {
      return Outcome.decline("the threshold is negative");
    }
    Map<String, Attr> attrs =
        Map.of("lambd", Attr.of(threshold), "bias", Attr.of(threshold));
    return Outcome.replace(
        context.build(match.get().nodes()).op("Shrink", attrs, match.get().get(X)));
  }
}
