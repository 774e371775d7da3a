// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.PerChannel;
import org.tf2trt.passes.facts.ReshapeTargets;

/**
 * A product of a sequence with constant weights, the bias that is added and the reshape that splits
 * its outputs into heads, as far as nothing else reads what is in between.
 */
record DenseBranch(
    Node product,
    TensorData weights,
    Optional<Node> sum,
    Optional<TensorData> bias,
    Optional<Node> reshape) {

  /** The branch that starts with a node. */
  static Optional<DenseBranch> of(Node node) {
    if (!node.is("onnx.MatMul") || !node.result().dtype().isFloat()) {
      return Optional.empty();
    }
    Optional<TensorData> weights = node.input(1).constant().filter(t -> t.rank() == 2);
    Shape shape = node.result().shape();
    if (weights.isEmpty() || !shape.isRanked() || shape.rank() < 3) {
      return Optional.empty();
    }
    long outputs = weights.get().shape()[1];
    Optional<Node> sum = soleReader(node, "onnx.Add").filter(n -> n.input(0) == node.result());
    Optional<TensorData> bias =
        sum.flatMap(n -> PerChannel.along(n.input(1), shape.rank(), shape.rank() - 1, outputs));
    if (bias.isEmpty()) {
      sum = Optional.empty();
    }
    Node last = sum.orElse(node);
    Optional<Node> reshape = soleReader(last, "onnx.Reshape").filter(n -> splitsLast(n, last));
    return Optional.of(new DenseBranch(node, weights.get(), sum, bias, reshape));
  }

  long outputs() {
    return weights.shape()[1];
  }

  /** How many nodes follow the product. */
  int steps() {
    return (sum.isPresent() ? 1 : 0) + (reshape.isPresent() ? 1 : 0);
  }

  Node last() {
    return reshape.or(() -> sum).orElse(product);
  }

  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(List.of(product));
    sum.ifPresent(nodes::add);
    reshape.ifPresent(nodes::add);
    return nodes;
  }

  private static Optional<Node> soleReader(Node node, String op) {
    Value v = node.result();
    return v.hasOneUse()
        ? v.uses().get(0).reader().filter(n -> n.is(op) && n.graph() == node.graph())
        : Optional.empty();
  }

  /** From {@code [.., H*D]} to {@code [.., H, D]}, and the same can be said for more heads. */
  private static boolean splitsLast(Node reshape, Node before) {
    Shape from = before.result().shape();
    Shape to = reshape.result().shape();
    if (reshape.input(0) != before.result()
        || !Constants.is(reshape.input(1))
        || !to.hasRank(from.rank() + 1)
        || !to.dim(from.rank() - 1).isKnown()
        || !to.dim(from.rank()).isKnown()) {
      return false;
    }
    for (int i = 0; i + 1 < from.rank(); i++) {
      if (from.dim(i).isUnknown() || !from.dim(i).equals(to.dim(i))) {
        return false;
      }
    }
    return ReshapeTargets.of(from, to).isPresent();
  }
}
