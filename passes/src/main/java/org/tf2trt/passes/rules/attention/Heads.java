// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Producers;

/** Where queries, keys, values and results keep their heads, and the two products that follow. */
enum Heads {
  /** [batch, heads, length, size]; keys are transposed for the product. */
  SECOND {
    @Override
    Value queries(Node scores) {
      return scores.input(0);
    }

    @Override
    Value keys(Node scores) {
      return scores.input(1);
    }

    @Override
    Value weights(Node context) {
      return context.input(0);
    }

    @Override
    int keyAxis() {
      return 3;
    }

    @Override
    Value attention(OnnxBuilder b, List<Value> inputs, Map<String, Attr> attrs) {
      List<Value> moved = new ArrayList<>(inputs);
      boolean all = inputs.get(0).shape().dim(1).isKnown();
      for (int i = 0; i < 3; i++) {
        long[] perm = i == 1 ? new long[] {0, 2, 3, 1} : new long[] {0, 2, 1, 3};
        Optional<Node> transpose =
            inputs
                .get(i)
                .producer("onnx.Transpose")
                .filter(n -> Arrays.equals(n.intsAttr("perm"), perm));
        all &= transpose.isPresent();
        int at = i;
        transpose.ifPresent(n -> moved.set(at, n.input(0)));
      }
      if (all) {
        return b.transpose(THIRD.attention(b, moved, attrs), 0, 2, 1, 3);
      }
      Value[] in = inputs.toArray(Value[]::new);
      in[1] = b.transpose(in[1], 0, 1, 3, 2);
      return b.op("Attention", attrs, in);
    }
  },

  /** [batch, length, heads, size]. */
  THIRD {
    @Override
    Value queries(Node scores) {
      return scores.input(HeadProducts.ofScores(scores).orElseThrow());
    }

    @Override
    Value keys(Node scores) {
      return scores.input(1 - HeadProducts.ofScores(scores).orElseThrow());
    }

    @Override
    Value weights(Node context) {
      return context.input(HeadProducts.ofContext(context).orElseThrow());
    }

    @Override
    int keyAxis() {
      return 1;
    }

    @Override
    Value attention(OnnxBuilder b, List<Value> inputs, Map<String, Attr> attrs) {
      long heads = inputs.get(0).shape().dim(2).size();
      attrs.put("q_num_heads", Attr.of(heads));
      attrs.put("kv_num_heads", Attr.of(heads));
      Value[] in = inputs.toArray(Value[]::new);
      for (int i = 0; i < 3; i++) {
        in[i] = packed(b, in[i]);
      }
      return b.reshape(b.op("Attention", attrs, in), 0, 0, heads, -1);
    }
  };

  /** By the product of weights and values; empty when it is no such product. */
  static Optional<Heads> ofContext(Node node) {
    if (node.is("onnx.MatMul") && areOfRank4(node)) {
      return Optional.of(SECOND);
    }
    return node.is("onnx.Einsum") && HeadProducts.ofContext(node).isPresent() && areOfRank4(node)
        ? Optional.of(THIRD)
        : Optional.empty();
  }

  /** Whether a node is the product of queries and keys that goes with these heads. */
  boolean areScores(Node node) {
    return this == SECOND
        ? node.is("onnx.MatMul") && areOfRank4(node) && areBatched(node.input(0), node.input(1))
        : node.is("onnx.Einsum") && HeadProducts.ofScores(node).isPresent() && areOfRank4(node);
  }

  private static boolean areOfRank4(Node node) {
    return node.inputs().size() == 2 && node.inputs().stream().allMatch(v -> v.shape().hasRank(4));
  }

  /** The op does not broadcast batches or heads. */
  boolean areBatched(Value one, Value other) {
    Shape a = one.shape();
    Shape b = other.shape();
    return this == THIRD || a.dim(0).equals(b.dim(0)) && a.dim(1).equals(b.dim(1));
  }

  abstract Value queries(Node scores);

  /** As the product of the scores reads them. */
  abstract Value keys(Node scores);

  abstract Value weights(Node context);

  Value values(Node context) {
    return context.input(0) == weights(context) ? context.input(1) : context.input(0);
  }

  /** The axis of the keys' length. */
  abstract int keyAxis();

  /** The axis of the queries' length. */
  int queryAxis() {
    return this == SECOND ? 2 : 1;
  }

  /** Whether the op can be told how many heads there are, where it has to be. */
  boolean isCounted(Value queries) {
    return this == SECOND || queries.shape().dim(2).isKnown();
  }

  /** The node in the place of all others; its inputs are queries, keys, values, maybe a mask. */
  abstract Value attention(OnnxBuilder b, List<Value> inputs, Map<String, Attr> attrs);

  /**
   * Heads side by side in the last axis. Where several tensors were split off behind the reshape
   * that made heads, the split moves in front of it.
   */
  private static Value packed(OnnxBuilder b, Value v) {
    Optional<Node> split =
        v.producer("onnx.Split").filter(n -> n.intAttr("axis", 0) == 2 && n.inputs().size() == 1);
    Optional<Node> reshape =
        split.flatMap(n -> Producers.of(n.input(0), n, "onnx.Reshape")).filter(Heads::makesHeads);
    if (reshape.isEmpty()) {
      return b.reshape(v, 0, 0, -1);
    }
    int parts = split.get().results().size();
    Map<String, Attr> attrs = Map.of("axis", Attr.of(2L), "num_outputs", Attr.of((long) parts));
    int index = split.get().results().indexOf(v);
    return b.ops("Split", parts, attrs, reshape.get().input(0)).get(index);
  }

  /** Whether a reshape does nothing but divide the last of three axes. */
  private static boolean makesHeads(Node reshape) {
    Shape from = reshape.input(0).shape();
    Shape to = reshape.result(0).shape();
    return from.hasRank(3)
        && to.hasRank(4)
        && from.dim(2).isKnown()
        && to.dim(2).isKnown()
        && to.dim(3).isKnown()
        && from.dim(2).size() == to.dim(2).size() * to.dim(3).size()
        && same(from.dim(0), to.dim(0))
        && same(from.dim(1), to.dim(1));
  }

  private static boolean same(Dim a, Dim b) {
    return !a.isUnknown() && a.equals(b);
  }
}
