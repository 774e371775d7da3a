// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A loop variable that grows by the same amount in every iteration.
 *
 * @param start its first value, an integer scalar
 * @param step what is added, not 0
 */
record Counter(Value start, long step) {
  /** Variable {@code i} of a loop as a counter. */
  static Optional<Counter> of(Node loop, int i) {
    Value start = loop.input(i);
    Graph body = loop.bodies().get(1);
    if (start.dtype() != DType.I32 && start.dtype() != DType.I64
        || start.shape().isRanked() && start.shape().rank() != 0) {
      return Optional.empty();
    }
    Value next = plain(body.outputs().get(i));
    Node add = next.producer().orElse(null);
    if (add == null || !add.is("tf.AddV2") && !add.is("tf.Add") && !add.is("tf.Sub")) {
      return Optional.empty();
    }
    Value param = body.params().get(i);
    Optional<Long> step = Optional.empty();
    if (plain(add.input(0)) == param) {
      step = constant(add.input(1)).map(c -> add.is("tf.Sub") ? -c : c);
    } else if (plain(add.input(1)) == param && !add.is("tf.Sub")) {
      step = constant(add.input(0));
    }
    return step.filter(s -> s != 0).map(s -> new Counter(start, s));
  }

  /** A value behind its Identity nodes. */
  static Value plain(Value v) {
    Value at = v;
    while (at.producer("tf.Identity").isPresent()) {
      at = at.producer().get().input(0);
    }
    return at;
  }

  private static Optional<Long> constant(Value v) {
    return plain(v).constant().filter(c -> c.rank() == 0).map(c -> c.longs()[0]);
  }

  /** The value after {@code iterations}, an i64 scalar. */
  Value after(OnnxBuilder build, Value iterations) {
    Value by = step == 1 ? iterations : build.mul(iterations, number(build, step));
    Value cast = build.cast(by, start.dtype());
    boolean zero = start.constant().filter(c -> c.longs()[0] == 0).isPresent();
    return zero ? cast : build.add(scalar(build, start), cast);
  }

  /** A 64-bit scalar. */
  static Value number(OnnxBuilder build, long value) {
    return build.constant(TensorData.ofLongs(new long[0], value));
  }

  static Value scalar(OnnxBuilder build, Value v) {
    return v.shape().isRanked() ? v : build.op("Reshape", Map.of(), v, build.ints());
  }
}
