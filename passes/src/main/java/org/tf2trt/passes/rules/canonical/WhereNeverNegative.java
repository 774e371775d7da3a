// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.NonNegativeIntegers;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Positions and extents are never below 0, which is where indices from the end are mended. */
public final class WhereNeverNegative implements Rule {
  @Override
  public String algebra() {
    return "Where(Less(x, 0), y, z) -> z, if x is an integer that is never negative";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Where");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> less = Producers.of(node.input(0), node, "onnx.Less");
    if (less.isEmpty()) {
      return Outcome.decline("the condition is not a comparison by Less");
    }
    OptionalDouble bound = Constants.uniform(less.get().input(1));
    if (bound.isEmpty() || bound.getAsDouble() > 0) {
      return Outcome.decline("it does not compare with a constant of at most 0");
    }
    if (!NonNegativeIntegers.holds(less.get().input(0))) {
      return Outcome.decline("what is compared may be negative");
    }
    Value chosen = node.input(2);
    if (!Broadcast.into(node.input(1), chosen) || !Broadcast.into(node.input(0), chosen)) {
      return Outcome.decline("broadcasting changes the shape");
    }
    return Outcome.replace(chosen);
  }
}
