// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recognise;

import static org.tf2trt.passes.rewrite.Patterns.any;
import static org.tf2trt.passes.rewrite.Patterns.filledWith;
import static org.tf2trt.passes.rewrite.Patterns.op;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.rewrite.Match;
import org.tf2trt.passes.rewrite.Pattern;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** The logarithm of one plus an exponential is Softplus, which does not overflow. */
public final class RecogniseSoftplus implements Rule {
  @Override
  public String algebra() {
    return "Log(Add(Exp(x), 1)) -> Softplus(x)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Log");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Match> match = PATTERN.match(node);
    if (match.isEmpty()) {
      return Outcome.decline("it is not the logarithm of 1 plus an exponential");
    }
    if (node.result().dtype() == DType.F64) {
      return Outcome.decline("ONNX Runtime has no Softplus of f64");
    }
    return Outcome.replace(context.build(match.get().nodes()).op("Softplus", match.get().get(X)));
  }

  private static final Pattern.Var X = any("x");
  private static final Pattern.Op PATTERN =
      op("onnx.Log", op("onnx.Add", op("onnx.Exp", X), filledWith(1)));
}
