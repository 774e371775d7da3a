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
 * @param masking the node that adds a mask or chooses by one; null without
 * @param matched all nodes from the softmax down to the product
 */
record Scores(Heads heads, Node product, double scale, Node masking, List<Node> matched) {
  /**
   * A number that low swallows every score that it is added to: choosing it instead is the same as
   * adding it. Others, such as -1e9, are not: rows in which all is masked would differ.
   */
  private static final double SWALLOWS = -1e30;

  static Optional<Scores> of(Node softmax, Heads heads) {
    List<Node> matched = new ArrayList<>();
    Node masking = null;
    Value v = softmax.input(0);
    Node reader = softmax;
    Optional<Node> mask = Producers.sole(v, reader, "onnx.Add", "onnx.Where");
    if (mask.isPresent()) {
      masking = mask.get();
      matched.add(masking);
      Optional<Value> scores = masked(masking, heads);
      if (scores.isEmpty()) {
        return Optional.empty();
      }
      v = scores.get();
      reader = masking;
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
    return Optional.of(new Scores(heads, product.get(), scale, masking, matched));
  }

  /** The operand of an addition or a choice that is a score; empty when the other is no mask. */
  private static Optional<Value> masked(Node masking, Heads heads) {
    int first = masking.is("onnx.Add") ? 0 : 1;
    for (int i = first; i < first + 2; i++) {
      Value other = masking.input(2 * first + 1 - i);
      if (isScore(masking.input(i), masking, heads)) {
        boolean low = first == 0 || Constants.uniform(other).orElse(0) <= SWALLOWS;
        boolean fits = other.shape().isRanked() && other.shape().rank() <= 4;
        boolean chooses = first == 0 || masking.input(0).shape().isRanked();
        return Optional.of(masking.input(i)).filter(v -> low && fits && chooses);
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
    if (masking == null) {
      return Optional.empty();
    }
    Value added;
    if (masking.is("onnx.Add")) {
      added = isScore(masking.input(0), masking, heads) ? masking.input(1) : masking.input(0);
    } else {
      boolean keeps = isScore(masking.input(1), masking, heads);
      Value low =
          b.scalar(DType.F32, Constants.uniform(masking.input(keeps ? 2 : 1)).orElseThrow());
      Value none = b.scalar(DType.F32, 0);
      added = b.where(masking.input(0), keeps ? none : low, keeps ? low : none);
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
