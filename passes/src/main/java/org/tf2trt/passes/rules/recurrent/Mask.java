// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/**
 * Which samples of the batch take which steps.
 *
 * @param kind what {@code of} says
 * @param of a value outside of the loop
 */
record Mask(Kind kind, Value of) {
  enum Kind {
    /** How many steps each sample takes, a vector. */
    LENGTHS,
    /** After how many steps each sample has ended, a vector. */
    ENDED,
    /** Whether a sample takes a step, bool {@code [time, batch]} or {@code [time, batch, 1]}. */
    TAKEN,
    /** Whether it skips the step, in the same form. */
    SKIPPED
  }

  Mask flipped() {
    return new Mask(
        switch (kind) {
          case LENGTHS -> Kind.ENDED;
          case ENDED -> Kind.LENGTHS;
          case TAKEN -> Kind.SKIPPED;
          case SKIPPED -> Kind.TAKEN;
        },
        of);
  }

  boolean isLengths() {
    return kind == Kind.LENGTHS;
  }

  /** What it says that a condition of the body, one for each sample, holds. */
  static Optional<Mask> of(TimeLoop loop, Value condition) {
    Value at = spread(loop, condition);
    Node n = loop.inside(at).orElse(null);
    if (n == null) {
      return Optional.empty();
    }
    if (n.is("onnx.Not")) {
      return of(loop, n.input(0)).map(Mask::flipped);
    }
    Optional<Value> steps =
        loop.sequence(at).filter(v -> v.dtype() == DType.BOOL && isSequence(v.shape()));
    if (steps.isPresent()) {
      return steps.map(v -> new Mask(Kind.TAKEN, v));
    }
    return n.inputs().size() == 2 ? compared(loop, n) : Optional.empty();
  }

  private static Optional<Mask> compared(TimeLoop loop, Node n) {
    boolean stepFirst = loop.isStep(n.input(0));
    if (!stepFirst && !loop.isStep(n.input(1))) {
      return Optional.empty();
    }
    Value lengths = n.input(stepFirst ? 1 : 0);
    Kind kind = null;
    if (n.is(stepFirst ? "onnx.Less" : "onnx.Greater")) {
      kind = Kind.LENGTHS;
    } else if (n.is(stepFirst ? "onnx.GreaterOrEqual" : "onnx.LessOrEqual")) {
      kind = Kind.ENDED;
    }
    return kind != null && loop.isOutside(lengths) && lengths.shape().hasRank(1)
        ? Optional.of(new Mask(kind, lengths))
        : Optional.empty();
  }

  /** The condition without dims that only make it fit the state. */
  private static Value spread(TimeLoop loop, Value condition) {
    Value at = condition;
    while (loop.inside(at)
        .filter(
            n ->
                n.is("onnx.Expand")
                    || (n.is("onnx.Unsqueeze") || n.is("onnx.Reshape"))
                        && isColumn(n.result().shape()))
        .isPresent()) {
      at = at.producer().get().input(0);
    }
    return at;
  }

  private static boolean isColumn(Shape s) {
    return s.hasRank(2) && s.dim(1).is(1);
  }

  private static boolean isSequence(Shape s) {
    return s.hasRank(2) || s.hasRank(3) && s.dim(2).is(1);
  }
}
