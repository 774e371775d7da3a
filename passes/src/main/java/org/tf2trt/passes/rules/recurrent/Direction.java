// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Reversal;

/** Sequences {@code [time, ...]} that run backwards. */
final class Direction {
  private Direction() {}

  /** The sequence that a value is the whole reverse of. */
  static Optional<Value> reversed(Value v) {
    return v.producer("onnx.Slice")
        .filter(n -> Reversal.axis(n).filter(a -> a == 0).isPresent())
        .map(n -> n.input(0));
  }

  static Value reverse(Value v, OnnxBuilder build) {
    return build.slice(
        v, new long[] {-1}, new long[] {Long.MIN_VALUE}, new long[] {0}, new long[] {-1});
  }

  /** The sequence of which a value is the reverse up to the length of each sample. */
  static Optional<Value> reversedUpTo(Value v, Value lengths) {
    return v.producer("onnx.ReverseSequence")
        .filter(n -> n.intAttr("time_axis", 0) == 0 && n.intAttr("batch_axis", 1) == 1)
        .filter(n -> uncast(n.input(1)) == uncast(lengths))
        .map(n -> n.input(0));
  }

  private static Value uncast(Value v) {
    return v.producer("onnx.Cast").map(n -> n.input(0)).orElse(v);
  }

  static Value reverseUpTo(Value v, Value lengths, OnnxBuilder build) {
    return build.op(
        "ReverseSequence",
        Map.of("time_axis", Attr.of(0L), "batch_axis", Attr.of(1L)),
        v,
        build.cast(lengths, DType.I64));
  }
}
