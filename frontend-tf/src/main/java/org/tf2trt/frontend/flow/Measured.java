// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Shapes with symbols as run-time values: measured where a visible value has the dim. */
final class Measured {
  private Measured() {}

  /** The shape as an i64 vector; empty when a dim is not known or nothing visible has it. */
  static Optional<Value> shape(TfNode node, OnnxBuilder build, Shape shape) {
    if (!shape.isRanked()) {
      return Optional.empty();
    }
    List<Value> parts = new ArrayList<>();
    for (Dim d : shape.dims()) {
      Optional<Value> part =
          d.isKnown() ? Optional.of(build.ints(d.size())) : find(node.origin(), build, d);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(
        parts.isEmpty() ? build.ints() : build.concat(0, parts.toArray(Value[]::new)));
  }

  private static Optional<Value> find(Node node, OnnxBuilder build, Dim dim) {
    if (dim.isUnknown()) {
      return Optional.empty();
    }
    return among(node.inputs(), build, dim)
        .or(() -> among(node.graph().params(), build, dim))
        .or(() -> among(captured(node), build, dim));
  }

  /** What bodies of the node read from outside. */
  private static List<Value> captured(Node node) {
    Set<Value> inside = new HashSet<>();
    List<Value> read = new ArrayList<>();
    node.bodies().forEach(b -> collect(b, inside, read));
    read.removeIf(inside::contains);
    return read;
  }

  private static void collect(Graph body, Set<Value> inside, List<Value> read) {
    inside.addAll(body.params());
    for (Node n : body.nodes()) {
      read.addAll(n.inputs());
      inside.addAll(n.results());
      n.bodies().forEach(b -> collect(b, inside, read));
    }
  }

  private static Optional<Value> among(List<? extends Value> values, OnnxBuilder build, Dim dim) {
    for (Value v : values) {
      if (v.isPresent() && v.constant().isEmpty() && v.shape().isRanked()) {
        int axis = v.shape().dims().indexOf(dim);
        if (axis >= 0) {
          return Optional.of(build.dim(v, axis));
        }
      }
    }
    return Optional.empty();
  }
}
