// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/**
 * What a value function sees.
 *
 * @param result which result of the node is asked for
 * @param matrices whether the function is one for matrices; others do not see contents of any
 * @param known contents found so far; those of the node's inputs are among them
 */
record ValueCall(Node node, int result, boolean matrices, Map<Value, Optional<List<Dim>>> known) {

  boolean has(int i) {
    return i < node.inputs().size() && node.inputs().get(i).isPresent();
  }

  Shape shape(int i) {
    return node.inputs().get(i).shape();
  }

  Optional<List<Dim>> values(int i) {
    return has(i) ? values(node.inputs().get(i)) : Optional.empty();
  }

  Optional<List<Dim>> values(Value v) {
    return matrices || !v.shape().hasRank(2)
        ? known.getOrDefault(v, Optional.empty())
        : Optional.empty();
  }

  /** The contents when all are numbers. */
  Optional<long[]> longs(int i) {
    return values(i)
        .filter(v -> v.stream().allMatch(Dim::isKnown))
        .map(v -> v.stream().mapToLong(Dim::size).toArray());
  }

  Value asked() {
    return node.result(result);
  }
}
