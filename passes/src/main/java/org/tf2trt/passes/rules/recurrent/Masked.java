// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * What a step gives, when samples of the batch may skip it or have ended before.
 *
 * @param now what it gives for samples that take it
 * @param otherwise what it gives for others
 * @param mask which samples take it; empty when all take every step
 */
record Masked(Value now, Optional<Value> otherwise, Optional<Mask> mask) {
  /** The next value of a variable that samples which skip the step keep. */
  static Masked keeping(TimeLoop loop, Value next, Value variable) {
    return readings(loop, next).stream()
        .filter(m -> m.otherwise.get() == variable)
        .findFirst()
        .orElse(new Masked(next, Optional.empty(), Optional.empty()));
  }

  /** A value of the body that is {@code now} for samples that take the step. */
  static Optional<Masked> giving(TimeLoop loop, Value v, Value now) {
    if (v == now) {
      return Optional.of(new Masked(v, Optional.empty(), Optional.empty()));
    }
    return readings(loop, v).stream().filter(m -> m.now == now).findFirst();
  }

  /** A choice reads both ways, unless it is between what goes on and what has ended. */
  private static List<Masked> readings(TimeLoop loop, Value v) {
    Node where = loop.inside(v).filter(n -> n.is("onnx.Where")).orElse(null);
    Mask mask = where == null ? null : Mask.of(loop, where.input(0)).orElse(null);
    List<Masked> readings = new ArrayList<>();
    if (mask != null && mask.kind() != Mask.Kind.ENDED) {
      readings.add(new Masked(where.input(1), Optional.of(where.input(2)), Optional.of(mask)));
    }
    if (mask != null && mask.kind() != Mask.Kind.LENGTHS) {
      readings.add(
          new Masked(where.input(2), Optional.of(where.input(1)), Optional.of(mask.flipped())));
    }
    return readings;
  }
}
