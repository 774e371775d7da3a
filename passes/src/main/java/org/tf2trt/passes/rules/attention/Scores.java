// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;

/**
 * What a softmax of attention reads: scaled products of queries and keys, masked or not.
 *
 * @param heads where heads are kept
 * @param product the node that multiplies queries and keys
 * @param scale of the product
 * @param choice the node that chooses between scores and a very low number; null without
 * @param addition the node that adds a mask or biases; null without
 * @param matched all nodes from the softmax down to the product
 */
record Scores(
    Heads heads, Node product, double scale, Node choice, Node addition, List<Node> matched) {
  /**
   * A number that low swallows every score that it is added to: choosing it instead is the same as
   * adding it. Others, such as -1e9, are not: rows in which all is masked would differ.
   */
  private static final double SWALLOWS = -1e30;

  static Optional<Scores> of(Node softmax, Heads heads) {
    List<Node> matched = new ArrayList<>();
    Value v = softmax.input(0);
    Node reader = softmax;
    Node choice = Producers.sole(v, reader, "onnx.Where").orElse(null);
    if (choice != null) {
      Optional<Value> kept = kept(choice);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      matched.add(choice);
      v = kept.get();
      reader = choice;
    }
    Node addition = Producers.sole(v, reader, "onnx.Add").orElse(null);
    if (addition != null) {
      Optional<Value> scores = unmasked(addition, heads);
      if (scores.isEmpty()) {
        return Optional.empty();
      }
      matched.add(addition);
      v = scores.get();
      reader = addition;
    }
    double scale = 1;
    Optional<Node> scaling = Producers.sole(v, reader, "onnx.Mul");
    if (scaling.isPresent()) {
      OptionalDouble factor = Constants.uniform(scaling.get().input(1));
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      scale = factor.getAsDouble();
      matched.add(scaling.get());
      v = scaling.get().input(0);
      reader = scaling.get();
    }
    Optional<Node> product =
        Producers.sole(v, reader, "onnx.MatMul", "onnx.Einsum").filter(heads::areScores);
    if (product.isEmpty()) {
      return Optional.empty();
    }
    matched.add(product.get());
    return Optional.of(new Scores(heads, product.get(), scale, choice, addition, matched));
  }

  /** The operand of a choice that is no very low number; empty when both or none are. */
  private static Optional<Value> kept(Node choice) {
    boolean first = isLow(choice.input(1));
    boolean fits = choice.input(0).shape().isRanked() && choice.input(0).shape().rank() <= 4;
    return first == isLow(choice.input(2)) || !fits
        ? Optional.empty()
        : Optional.of(choice.input(first ? 2 : 1));
  }

  private static boolean isLow(Value v) {
    return Constants.uniform(v).orElse(0) <= SWALLOWS;
  }

  /** The operand of an addition that is a score; empty when the other cannot be a mask. */
  private static Optional<Value> unmasked(Node addition, Heads heads) {
    for (int i = 0; i < 2; i++) {
      Value other = addition.input(1 - i);
      if (isScore(addition.input(i), addition, heads)
          && other.shape().isRanked()
          && other.shape().rank() <= 4) {
        return Optional.of(addition.input(i));
      }
    }
    return Optional.empty();
  }

  private static boolean isScore(Value v, Node reader, Heads heads) {
    Optional<Node> scaling = Producers.sole(v, reader, "onnx.Mul");
    Value product = scaling.map(n -> n.input(0)).orElse(v);
    return Producers.sole(product, scaling.orElse(reader), "onnx.MatMul", "onnx.Einsum")
        .filter(heads::areScores)
        .isPresent();
  }

  Value queries() {
    return heads.queries(product);
  }

  Value keys() {
    return heads.keys(product);
  }

  /** What is added to the scores, with the lengths of queries and keys, as runtimes want it. */
  Optional<Value> mask(OnnxBuilder b, Node root) {
    if (choice == null && addition == null) {
      return Optional.empty();
    }
    Value added = b.scalar(DType.F32, 0);
    if (addition != null) {
      added = addition.input(isScore(addition.input(0), addition, heads) ? 1 : 0);
    }
    if (choice != null) {
      boolean keeps = isLow(choice.input(2));
      double lowest = Constants.uniform(choice.input(keeps ? 2 : 1)).orElseThrow();
      Value low = b.scalar(DType.F32, lowest);
      added = b.where(choice.input(0), keeps ? added : low, keeps ? low : added);
    }
    Dim rows = queries().shape().dim(heads.queryAxis());
    Dim columns = keys().shape().dim(heads.keyAxis());
    int rank = added.shape().rank();
    if (rank >= 2
        && isSame(added.shape().dim(rank - 2), rows)
        && isSame(added.shape().dim(rank - 1), columns)) {
      return Optional.of(added);
    }
    Value target =
        b.concat(
            0,
            b.ints(1, 1),
            length(b, root, queries(), heads.queryAxis()),
            length(b, root, keys(), heads.keyAxis()));
    return Optional.of(b.op("Expand", added, target));
  }

  private static boolean isSame(Dim a, Dim b) {
    return !a.isUnknown() && a.equals(b);
  }

  /** A length as a vector of one; read from a parameter that has it, so that layers share it. */
  private static Value length(OnnxBuilder b, Node root, Value v, int axis) {
    Dim length = v.shape().dim(axis);
    if (!length.isUnknown()) {
      for (Value p : root.graph().params()) {
        int at = p.shape().isRanked() ? p.shape().dims().indexOf(length) : -1;
        if (at >= 0) {
          return b.dim(p, at);
        }
      }
    }
    return b.dim(v, axis);
  }
}
