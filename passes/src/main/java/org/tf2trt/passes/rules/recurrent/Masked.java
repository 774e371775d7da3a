// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * What a step gives, when samples of the batch may have ended before.
 *
 * @param now what it gives for samples that go on
 * @param otherwise what it gives for others
 * @param lengths how many steps each sample takes, a vector; empty when all take every step
 */
record Masked(Value now, Optional<Value> otherwise, Optional<Value> lengths) {
  /** A value of the body; any other mask than a length makes it a value like others. */
  static Masked of(TimeLoop loop, Value v) {
    Optional<Node> where = loop.inside(v).filter(n -> n.is("onnx.Where"));
    if (where.isPresent()) {
      Value a = where.get().input(1);
      Value b = where.get().input(2);
      Value condition = spread(loop, where.get().input(0));
      Optional<Value> goesOn = lengths(loop, condition, true);
      if (goesOn.isPresent()) {
        return new Masked(a, Optional.of(b), goesOn);
      }
      Optional<Value> ended = lengths(loop, condition, false);
      if (ended.isPresent()) {
        return new Masked(b, Optional.of(a), ended);
      }
    }
    return new Masked(v, Optional.empty(), Optional.empty());
  }

  /** The condition without dims that only make it fit the state. */
  private static Value spread(TimeLoop loop, Value condition) {
    Value at = condition;
    while (loop.inside(at)
        .filter(n -> n.is("onnx.Unsqueeze") || n.is("onnx.Reshape") || n.is("onnx.Expand"))
        .isPresent()) {
      at = at.producer().get().input(0);
    }
    return at;
  }

  /** The lengths when the condition says that a sample goes on, or that it has ended. */
  private static Optional<Value> lengths(TimeLoop loop, Value condition, boolean goesOn) {
    Node n = loop.inside(condition).orElse(null);
    if (n == null) {
      return Optional.empty();
    }
    if (n.is("onnx.Not")) {
      return lengths(loop, n.input(0), !goesOn);
    }
    int lengths = -1;
    if (loop.isStep(n.input(0)) && n.is(goesOn ? "onnx.Less" : "onnx.GreaterOrEqual")) {
      lengths = 1;
    } else if (n.inputs().size() == 2
        && loop.isStep(n.input(1))
        && n.is(goesOn ? "onnx.Greater" : "onnx.LessOrEqual")) {
      lengths = 0;
    }
    return lengths < 0
        ? Optional.empty()
        : Optional.of(n.input(lengths)).filter(v -> loop.isOutside(v) && v.shape().hasRank(1));
  }
}
