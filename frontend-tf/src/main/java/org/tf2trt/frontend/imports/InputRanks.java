// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * Many frozen graphs do not say what rank their inputs have. The ops that read an input do: a
 * Conv2D takes rank 4. The walk goes through ops that keep or change the rank in a known way until
 * one asks for a rank.
 */
final class InputRanks {
  /** The result has the rank of the first input. */
  private static final Set<String> KEEP =
      Set.of(
          "tf.Identity",
          "tf.StopGradient",
          "tf.Cast",
          "tf.Relu",
          "tf.Relu6",
          "tf.Elu",
          "tf.Sigmoid",
          "tf.Tanh",
          "tf.Abs",
          "tf.Neg",
          "tf.Square",
          "tf.Sqrt",
          "tf.Exp",
          "tf.Log",
          "tf.BiasAdd",
          "tf.FakeQuantWithMinMaxVars",
          "tf.FakeQuantWithMinMaxArgs",
          "tf.SpaceToBatchND",
          "tf.BatchToSpaceND",
          "tf.ReverseV2");

  private static final Set<String> BROADCAST =
      Set.of("tf.Add", "tf.AddV2", "tf.Sub", "tf.Mul", "tf.Div", "tf.RealDiv");

  private InputRanks() {}

  /** Gives a rank to every unranked parameter for which some reader tells it. */
  static void infer(org.tf2trt.ir.Graph graph, InputSymbols symbols) {
    for (Value.Param p : graph.params()) {
      if (!p.shape().isRanked()) {
        rank(p).ifPresent(r -> p.refine(symbols.name(p.name(), Shape.unknown(r))));
      }
    }
  }

  /** A value on the walk: its rank is the parameter's plus {@code offset}. */
  private record Step(Value value, int offset) {}

  private static OptionalInt rank(Value.Param param) {
    Deque<Step> work = new ArrayDeque<>();
    Set<Value> seen = new HashSet<>();
    work.add(new Step(param, 0));
    while (!work.isEmpty()) {
      Step at = work.poll();
      if (!seen.add(at.value())) {
        continue;
      }
      for (Use use : at.value().uses()) {
        if (use instanceof Use.Input in) {
          OptionalInt asked = asked(in);
          if (asked.isPresent() && asked.getAsInt() >= at.offset()) {
            return OptionalInt.of(asked.getAsInt() - at.offset());
          }
          step(in, at.offset()).ifPresent(work::add);
        }
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt asked(Use.Input use) {
    Node node = use.node();
    OptionalInt asked = AskedRanks.of(node.op(), use.index());
    if (asked.isPresent()) {
      return asked;
    }
    boolean perAxis =
        use.index() == 0
            && (node.is("tf.Transpose") || node.op().endsWith("Pad") || node.is("tf.PadV2"));
    return perAxis
        ? node.input(1)
            .constant()
            .map(c -> OptionalInt.of((int) c.shape()[0]))
            .orElse(OptionalInt.empty())
        : OptionalInt.empty();
  }

  private static Optional<Step> step(Use.Input use, int offset) {
    Node node = use.node();
    if (use.index() == 0 && KEEP.contains(node.op())) {
      return Optional.of(new Step(node.result(0), offset));
    }
    if (node.is("tf.ExpandDims") && use.index() == 0) {
      return Optional.of(new Step(node.result(), offset + 1));
    }
    if (node.is("tf.Squeeze") && node.attrs().get("squeeze_dims") instanceof Attr.Ints dims) {
      return dims.values().isEmpty()
          ? Optional.empty()
          : Optional.of(new Step(node.result(), offset - dims.values().size()));
    }
    if (BROADCAST.contains(node.op())) {
      Value other = node.input(1 - use.index());
      boolean small = other.constant().map(c -> c.rank() <= 1).orElse(false);
      return small ? Optional.of(new Step(node.result(), offset)) : Optional.empty();
    }
    return Optional.empty();
  }
}
