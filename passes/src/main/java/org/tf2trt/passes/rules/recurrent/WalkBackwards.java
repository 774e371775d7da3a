// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Reversal;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A recurrent op that reads a reversed sequence walks the sequence backwards. The reversal of its
 * outputs mostly meets another one, and the op one that walks forwards ({@link MergeDirections}).
 */
public final class WalkBackwards implements Rule {
  @Override
  public String algebra() {
    return "LSTM(Reverse(x)) -> Reverse(LSTM(x, backwards)), for GRU and RNN too, up to the lengths of the sequences";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.LSTM", "onnx.GRU", "onnx.RNN");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (!node.stringAttr("direction", "forward").equals("forward")
        || node.intAttr("layout", 0) != 0) {
      return Outcome.decline("it does not walk forwards, time first");
    }
    Value lengths = node.optionalInput(4).orElse(Value.Absent.INSTANCE);
    Optional<Node> transpose = node.input(0).producer("onnx.Transpose");
    int[] perm = transpose.flatMap(Perms::of).orElse(new int[] {0, 1, 2});
    Value moved = transpose.map(n -> n.input(0)).orElse(node.input(0));
    Reversal wanted =
        lengths.isPresent()
            ? new Reversal(perm[0], perm[1], Reversal.uncast(lengths))
            : new Reversal(perm[0], -1, lengths);
    Optional<Node> reversal =
        moved.producer().filter(n -> Reversal.of(n).filter(wanted::equals).isPresent());
    if (reversal.isEmpty()) {
      return Outcome.decline("it does not read a reversal of what it walks over");
    }
    OnnxBuilder build = context.build(reversal.get());
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, build.transpose(reversal.get().input(0), perm));
    Map<String, Attr> attrs = new TreeMap<>(node.attrs());
    attrs.put("direction", Attr.of("reverse"));
    String op = node.op().substring("onnx.".length());
    List<Value> made =
        new ArrayList<>(build.ops(op, node.results().size(), attrs, inputs, List.of()));
    if (!node.result(0).isUnused()) {
      made.set(0, reversed(made.get(0), lengths, build));
    }
    return Outcome.replace(made.toArray(new Value[0]));
  }

  /** {@code [time, 1, batch, hidden]}. */
  private static Value reversed(Value y, Value lengths, OnnxBuilder build) {
    return lengths.isPresent()
        ? build.unsqueeze(Direction.reverseUpTo(build.squeeze(y, 1), lengths, build), 1)
        : Direction.reverse(y, build);
  }
}
