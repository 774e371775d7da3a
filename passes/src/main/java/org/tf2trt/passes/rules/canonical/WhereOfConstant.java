// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Truth;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A condition that is the same everywhere chooses one branch. */
public final class WhereOfConstant implements Rule {
  @Override
  public String algebra() {
    return "Where(true, x, y) -> x; Where(false, x, y) -> y";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Where");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Boolean> condition = Truth.of(node.input(0));
    if (condition.isEmpty()) {
      return Outcome.decline("the condition is not the same everywhere");
    }
    Value chosen = node.input(condition.get() ? 1 : 2);
    Value other = node.input(condition.get() ? 2 : 1);
    if (!Broadcast.into(other, chosen) || !Broadcast.into(node.input(0), chosen)) {
      return Outcome.decline("broadcasting changes the shape");
    }
    return Outcome.replace(chosen);
  }
}
