// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A number goes into the weights of a dense layer, through its bias, reshapes and transposes, and
 * through a product with what it makes: the scale of attention goes into the queries.
 */
public final class FoldNumberIntoDense implements Rule {
  @Override
  public String algebra() {
    return "Mul(Reshape(Add(MatMul(x, W), c)), s) -> Reshape(Add(MatMul(x, W * s), c * s)); Mul(Einsum(q, k), s) -> Einsum(q * s, k), if q is such a dense layer, or k; so with MatMul and Div";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Mul", "onnx.Div");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value y = node.input(0);
    OptionalDouble number = Constants.uniform(node.input(1));
    if (number.isEmpty() || !y.dtype().isFloat() || !Broadcast.into(node.input(1), y)) {
      return Outcome.decline("it does not scale floats with one number");
    }
    String op = node.op().substring("onnx.".length());
    TensorData s = TensorData.scalar(y.dtype(), number.getAsDouble());
    Optional<DenseChain> chain = DenseChain.of(y, node);
    if (chain.isPresent()) {
      return chain
          .get()
          .scaled(op, s, context)
          .map(v -> Outcome.replace(v))
          .orElse(Outcome.decline("the weights cannot be scaled"));
    }
    Optional<Node> product =
        Producers.sole(y, node, "onnx.MatMul", "onnx.Einsum").filter(n -> n.inputs().size() == 2);
    if (product.isEmpty()) {
      return Outcome.decline("it scales neither a dense layer nor a product, read only here");
    }
    for (int i = 0; i < 2; i++) {
      Optional<Value> factor =
          DenseChain.of(product.get().input(i), product.get())
              .flatMap(c -> c.scaled(op, s, context));
      if (factor.isPresent()) {
        List<Value> inputs = new ArrayList<>(product.get().inputs());
        inputs.set(i, factor.get());
        String name = product.get().op().substring("onnx.".length());
        return Outcome.replace(
            context
                .build(product.get())
                .ops(name, 1, product.get().attrs(), inputs, List.of())
                .get(0));
      }
    }
    return Outcome.decline("no factor is a dense layer read only here");
  }
}
