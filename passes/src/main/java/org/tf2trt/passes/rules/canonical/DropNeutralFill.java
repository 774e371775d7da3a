// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;
import org.tf2trt.passes.rewrite.Shapes;

/**
 * A tensor filled with a neutral element at run time only broadcasts, as the mask of all ones does
 * that Keras makes where none is given.
 */
public final class DropNeutralFill implements Rule {
  @Override
  public String algebra() {
    return "And(x, ConstantOfShape<true>(s)) -> Expand(x, s); so Or with false, Add with 0, Mul with 1";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.And", "onnx.Or", "onnx.Add", "onnx.Mul");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    double neutral = node.is("onnx.And") || node.is("onnx.Mul") ? 1 : 0;
    for (int i = 1; i >= 0; i--) {
      Optional<Node> fill =
          Producers.of(node.input(i), node, "onnx.ConstantOfShape")
              .filter(n -> filler(n).filter(t -> t.doubles()[0] == neutral).isPresent());
      if (fill.isPresent()) {
        Value x = node.input(1 - i);
        if (Shapes.equal(x.shape(), node.result().shape())) {
          return Outcome.replace(x);
        }
        return Outcome.replace(context.build(fill.get()).op("Expand", x, fill.get().input(0)));
      }
    }
    return Outcome.decline("neither operand is filled with a neutral element");
  }

  private static Optional<TensorData> filler(Node fill) {
    return fill.attr("value", Attr.Tensor.class).map(Attr.Tensor::value);
  }
}
