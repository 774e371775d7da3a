// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Reversal;

/** Sequences {@code [time, ...]} that run backwards. */
final class Direction {
  private Direction() {}

  /** The sequence that a value is the whole reverse of. */
  static Optional<Value> reversed(Value v) {
    return v.producer()
        .filter(n -> Reversal.of(n).filter(r -> r.axis() == 0 && r.batch() < 0).isPresent())
        .map(n -> n.input(0));
  }

  static Value reverse(Value v, OnnxBuilder build) {
    return build.slice(
        v, new long[] {-1}, new long[] {Long.MIN_VALUE}, new long[] {0}, new long[] {-1});
  }

  /** The sequence of which a value is the reverse up to the length of each sample. */
  static Optional<Value> reversedUpTo(Value v, Value lengths, OnnxBuilder build) {
    Optional<Node> transpose = v.producer("onnx.Transpose");
    int[] perm = transpose.flatMap(Perms::of).orElse(new int[] {0, 1, 2});
    Value moved = transpose.map(n -> n.input(0)).orElse(v);
    Reversal wanted = new Reversal(perm[0], perm[1], Reversal.uncast(lengths));
    return moved
        .producer("onnx.ReverseSequence")
        .filter(n -> Reversal.of(n).filter(wanted::equals).isPresent())
        .map(n -> build.transpose(n.input(0), perm));
  }

  static Value reverseUpTo(Value v, Value lengths, OnnxBuilder build) {
    return build.op(
        "ReverseSequence",
        Map.of("time_axis", Attr.of(0L), "batch_axis", Attr.of(1L)),
        v,
        build.cast(lengths, DType.I64));
  }
}
