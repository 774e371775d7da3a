// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Truth;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A bool that is the same everywhere decides a connective, or leaves the other operand as it is.
 */
public final class DropKnownOperand implements Rule {
  /** A result of more elements is not made a constant that the model has to hold. */
  private static final long MAX_FILLED = 1 << 16;

  @Override
  public String algebra() {
    return "And(x, true) -> x; And(x, false) -> false; Or(x, false) -> x; Or(x, true) -> true; Xor(x, false) -> x";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.And", "onnx.Or", "onnx.Xor");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    boolean neutral = node.is("onnx.And");
    boolean known = false;
    for (int i = 1; i >= 0; i--) {
      Value x = node.input(1 - i);
      Value c = node.input(i);
      Optional<Boolean> truth = Truth.of(c);
      known |= truth.isPresent();
      boolean keepsX = truth.filter(t -> t == neutral).isPresent() && Broadcast.into(c, x);
      boolean decides = !node.is("onnx.Xor") && truth.filter(t -> t != neutral).isPresent();
      boolean keepsC = decides && Broadcast.into(x, c);
      if (keepsX || keepsC) {
        return Outcome.replace(keepsX ? x : c);
      }
      if (decides && isModerate(node.result().shape())) {
        long[] shape = node.result().shape().sizes();
        double value = neutral ? 0 : 1;
        return Outcome.replace(
            context.build().constant(TensorData.splat(DType.BOOL, shape, value)));
      }
    }
    if (!known) {
      return Outcome.decline("neither operand is the same everywhere");
    }
    return Outcome.decline(node.is("onnx.Xor") ? "it negates" : "broadcasting changes the shape");
  }

  private static boolean isModerate(Shape shape) {
    return shape.isStatic()
        && Arrays.stream(shape.sizes()).asDoubleStream().reduce(1, (a, b) -> a * b) <= MAX_FILLED;
  }
}
