// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A dense layer with constant weights followed by constant shifts, reshapes and transposes, each
 * read only by the next: what a number can be multiplied into.
 */
final class DenseChain {
  private static final int DEPTH = 6;

  private final List<Node> steps;
  private final DenseWeights dense;

  private DenseChain(List<Node> steps, DenseWeights dense) {
    this.steps = steps;
    this.dense = dense;
  }

  /** The chain that ends in {@code v}, read only by {@code reader}. */
  static Optional<DenseChain> of(Value v, Node reader) {
    List<Node> steps = new ArrayList<>();
    Node next = reader;
    Value at = v;
    while (steps.size() < DEPTH) {
      Optional<DenseWeights> dense =
          Producers.sole(at, next, "onnx.MatMul", "onnx.Gemm").flatMap(DenseWeights::of);
      if (dense.isPresent()) {
        return Optional.of(new DenseChain(steps, dense.get()));
      }
      Optional<Node> step =
          Producers.sole(at, next, "onnx.Add", "onnx.Reshape", "onnx.Transpose")
              .filter(n -> !n.is("onnx.Add") || Constants.is(n.input(1)));
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(0, step.get());
      next = step.get();
      at = next.input(0);
    }
    return Optional.empty();
  }

  boolean isBare() {
    return steps.isEmpty();
  }

  /** The whole chain times {@code s}, or divided by it, in its constants. */
  Optional<Value> scaled(String op, TensorData s, RuleContext context) {
    Optional<TensorData> weights = Constants.compute(op, dense.weights(), s);
    Optional<TensorData> bias = dense.bias().flatMap(c -> Constants.compute(op, c, s));
    if (weights.isEmpty() || bias.isPresent() != dense.bias().isPresent()) {
      return Optional.empty();
    }
    Value y =
        dense.rebuild(context.build(dense.dense()), dense.dense().input(0), weights.get(), bias);
    for (Node step : steps) {
      List<Value> inputs = new ArrayList<>(step.inputs());
      inputs.set(0, y);
      if (step.is("onnx.Add")) {
        Optional<TensorData> shift =
            step.input(1).constant().flatMap(c -> Constants.compute(op, c, s));
        if (shift.isEmpty()) {
          return Optional.empty();
        }
        inputs.set(1, context.build().constant(shift.get()));
      }
      String name = step.op().substring("onnx.".length());
      y = context.build(step).ops(name, 1, step.attrs(), inputs, List.of()).get(0);
    }
    return Optional.of(y);
  }
}
