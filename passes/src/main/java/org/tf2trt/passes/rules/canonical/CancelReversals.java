// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.facts.Reversal;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Two reversals of one axis are none, though it moves in between. */
public final class CancelReversals implements Rule {
  private static final int STEPS = 4;

  @Override
  public String algebra() {
    return "Reverse(Transpose(Reverse(x))) -> Transpose(x), if both reverse the same axis, up to the same lengths; so with Squeeze in between, or nothing";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Slice", "onnx.ReverseSequence");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Reversal wanted = Reversal.of(node).orElse(null);
    if (wanted == null) {
      return Outcome.decline("it does not reverse one whole axis");
    }
    List<Node> between = new ArrayList<>();
    Node reader = node;
    while (between.size() <= STEPS) {
      Optional<Node> inner =
          Producers.of(reader.input(0), reader, "onnx.Slice", "onnx.ReverseSequence");
      Reversal before = wanted;
      if (inner.flatMap(Reversal::of).filter(before::equals).isPresent()) {
        return Outcome.replace(rebuilt(inner.get(), between, context));
      }
      Optional<Node> step =
          Producers.sole(reader.input(0), reader, "onnx.Transpose", "onnx.Squeeze");
      Optional<Reversal> moved = step.flatMap(n -> before(n, before));
      if (moved.isEmpty()) {
        break;
      }
      wanted = moved.get();
      between.add(0, step.get());
      reader = step.get();
    }
    return Outcome.decline("what it reverses is not a reversal of the same axis");
  }

  /** What reverses the same before a step. */
  private static Optional<Reversal> before(Node step, Reversal r) {
    Optional<Integer> axis = before(step, r.axis());
    Optional<Integer> batch = r.batch() < 0 ? Optional.of(-1) : before(step, r.batch());
    return axis.isPresent() && batch.isPresent()
        ? Optional.of(new Reversal(axis.get(), batch.get(), r.lengths()))
        : Optional.empty();
  }

  /** Where an axis of the result stands in what a step reads. */
  private static Optional<Integer> before(Node step, int axis) {
    if (step.is("onnx.Transpose")) {
      return Perms.of(step).map(p -> p[axis]);
    }
    int rank = step.input(0).shape().isRanked() ? step.input(0).shape().rank() : 0;
    Optional<long[]> squeezed = ReducedRank.axes(step, rank);
    if (squeezed.isEmpty()) {
      return Optional.empty();
    }
    int seen = -1;
    for (int i = 0; i < rank; i++) {
      int at = i;
      boolean gone = Arrays.stream(squeezed.get()).anyMatch(a -> a == at);
      seen += gone ? 0 : 1;
      if (!gone && seen == axis) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static Value rebuilt(Node inner, List<Node> between, RuleContext context) {
    Value x = inner.input(0);
    OnnxBuilder b = context.build(inner);
    for (Node step : between) {
      List<Value> inputs = new ArrayList<>(step.inputs());
      inputs.set(0, x);
      String op = step.op().substring("onnx.".length());
      x = b.ops(op, 1, step.attrs(), inputs, List.of()).get(0);
    }
    return x;
  }
}
