// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** The greater of a value and itself is the value, as where a loop has two equal limits. */
public final class DropEqualOperand implements Rule {
  @Override
  public String algebra() {
    return "Max(x, x) -> x; Min(x, x) -> x; And(x, x) -> x; Or(x, x) -> x";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Max", "onnx.Min", "onnx.And", "onnx.Or");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    boolean equal = node.inputs().stream().allMatch(v -> v == node.input(0));
    return equal ? Outcome.replace(node.input(0)) : Outcome.decline("its operands are not one");
  }
}
