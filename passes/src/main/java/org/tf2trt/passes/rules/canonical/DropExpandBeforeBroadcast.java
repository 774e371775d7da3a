// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;
import org.tf2trt.passes.rewrite.Shapes;

/** An elementwise op broadcasts by itself. */
public final class DropExpandBeforeBroadcast implements Rule {
  @Override
  public String algebra() {
    return "Add(Expand(x, s), y) -> Add(x, y), if s is the shape of y or x broadcast with y has the same shape; so Sub, Mul, Div, Where, comparisons and logic";
  }

  @Override
  public Set<String> roots() {
    return Set.of(
        "onnx.Add",
        "onnx.Sub",
        "onnx.Mul",
        "onnx.Div",
        "onnx.Where",
        "onnx.And",
        "onnx.Or",
        "onnx.Xor",
        "onnx.Equal",
        "onnx.Less",
        "onnx.LessOrEqual",
        "onnx.Greater",
        "onnx.GreaterOrEqual");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    for (int i = 0; i < node.inputs().size(); i++) {
      Optional<Node> expand = Producers.of(node.input(i), node, "onnx.Expand");
      if (expand.isPresent() && anotherGivesTheShape(node, i, expand.get(), context)) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        inputs.set(i, expand.get().input(0));
        String op = node.op().substring("onnx.".length());
        return Outcome.replace(context.build(expand.get()).op(op, inputs.toArray(Value[]::new)));
      }
    }
    return Outcome.decline("no operand is an Expand that broadcasting replaces");
  }

  private static boolean anotherGivesTheShape(
      Node node, int expanded, Node expand, RuleContext context) {
    for (int i = 0; i < node.inputs().size(); i++) {
      Value other = node.input(i);
      boolean whole =
          Shapes.equal(other.shape(), node.result().shape())
              && Broadcast.into(expand.input(0), other);
      if (i != expanded && (whole || isShapeOf(expand.input(1), other, context))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a target of Expand is certainly the shape of a value. */
  private static boolean isShapeOf(Value target, Value v, RuleContext context) {
    Optional<Node> shape = target.producer("onnx.Shape");
    if (shape.isPresent() && shape.get().input(0) == v && shape.get().attrs().isEmpty()) {
      return true;
    }
    Optional<List<Dim>> dims = context.values(target);
    return dims.isPresent()
        && v.shape().isRanked()
        && dims.get().equals(v.shape().dims())
        && dims.get().stream().noneMatch(Dim::isUnknown);
  }
}
