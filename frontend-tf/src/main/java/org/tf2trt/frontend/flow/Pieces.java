// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Lists of tensors of different shapes, which no tensor holds together. They stay the TensorFlow
 * nodes that make them; what reads them takes the elements one by one.
 */
final class Pieces {
  private static final long MOST = 64;
  private static final TensorData ZERO = TensorData.ofLongs(new long[0], 0);
  private static final String JOINED = "tf.JoinedList";

  private Pieces() {}

  /** The elements of a list of known length that is made of such nodes; empty for others. */
  static Optional<List<Value>> of(Value list, OnnxBuilder build) {
    Node maker = list.producer().orElse(null);
    if (maker == null || !Lists.isOpen(list)) {
      return Optional.empty();
    }
    if (maker.is("tf.TensorListSplit")) {
      return Optional.of(split(maker, build));
    }
    if (maker.is("tf.TensorListPushBack")) {
      Value before = maker.input(0);
      Optional<List<Value>> head = Lists.isOpen(before) ? of(before, build) : rows(before, build);
      return head.map(
          h -> {
            List<Value> all = new ArrayList<>(h);
            all.add(maker.input(1));
            return all;
          });
    }
    return maker.is(Lists.EMPTY) ? Optional.of(List.of()) : Optional.empty();
  }

  /** The elements of a list that has some of different shapes; empty for a list of one shape. */
  static Optional<List<Value>> uneven(Value list, OnnxBuilder build) {
    return of(list, build).filter(p -> !p.isEmpty());
  }

  private static Optional<List<Value>> rows(Value tensor, OnnxBuilder build) {
    if (!tensor.shape().isRanked()
        || !tensor.shape().dim(0).isKnown()
        || tensor.shape().dim(0).size() > MOST) {
      return Optional.empty();
    }
    List<Value> rows = new ArrayList<>();
    for (long i = 0; i < tensor.shape().dim(0).size(); i++) {
      Value at = Counter.number(build, i);
      rows.add(build.op("Gather", Map.of("axis", Attr.of(0L)), tensor, at));
    }
    return Optional.of(rows);
  }

  private static List<Value> split(Node maker, OnnxBuilder build) {
    long[] lengths =
        build.values(maker.input(2)).orElseThrow().stream().mapToLong(Dim::size).toArray();
    List<Value> pieces = new ArrayList<>();
    long from = 0;
    for (long length : lengths) {
      long[] start = {from};
      long[] end = {from + length};
      pieces.add(build.slice(maker.input(0), start, end, new long[] {0}, new long[] {1}));
      from += length;
    }
    return pieces;
  }

  /**
   * A list of which only the concatenation is known, and the lengths of its pieces.
   *
   * @param joined the concatenation, or a vector of all elements
   * @param shapes of the pieces, a row for each
   */
  static Value joined(Node loop, Value joined, Value shapes, OnnxBuilder build) {
    Value lengths = build.op("Gather", Map.of("axis", Attr.of(1L)), shapes, build.constant(ZERO));
    int rank = shapes.shape().dim(1).isKnown() ? (int) shapes.shape().dim(1).size() : 1;
    Value whole = joined;
    if (rank > 1 && joined.shape().hasRank(1)) {
      // Of no pieces, the other dims are 0.
      Value none = build.reshape(build.ints(new long[rank]), 1, rank);
      Value rest = build.reduce("ReduceMax", build.concat(0, none, shapes), false, 0);
      Value total = build.reduce("ReduceSum", lengths, true, 0);
      Value others =
          build.slice(rest, new long[] {1}, new long[] {rank}, new long[] {0}, new long[] {1});
      whole = build.reshape(joined, build.concat(0, total, others));
    }
    return loop.graph()
        .insertBefore(
            loop,
            NodeSpec.of(
                JOINED,
                List.of(whole, lengths),
                Map.of(),
                List.of(TensorType.unranked(DType.VARIANT)),
                loop.provenance()))
        .result();
  }

  /** The concatenation and the lengths that {@link #joined} was given. */
  static Optional<List<Value>> joined(Value list) {
    return list.producer(JOINED).map(Node::inputs);
  }

  /** The pieces behind each other, and their lengths. */
  static List<Value> concatenated(List<Value> pieces, OnnxBuilder build) {
    Value all = build.concat(0, pieces.toArray(Value[]::new));
    Value[] lengths = pieces.stream().map(p -> build.dim(p, 0)).toArray(Value[]::new);
    return List.of(all, build.concat(0, lengths));
  }

  /** The piece at an index that must be known. */
  static Value at(TfNode node, List<Value> pieces, int operand) {
    long index = node.constantInteger(operand);
    if (index < 0 || index >= pieces.size()) {
      throw node.refuse(
          "index " + index + " is outside a list of " + pieces.size(), "correct the model");
    }
    return pieces.get((int) index);
  }

  /** Whether two elements certainly differ in shape, or nothing can be said of their rank. */
  static boolean differ(Value list, Value item) {
    return !Lists.isOpen(list)
        && !org.tf2trt.passes.rewrite.Shapes.compatible(Lists.elements(list), item.shape());
  }

  static Value count(List<Value> pieces, OnnxBuilder build) {
    return build.cast(Counter.number(build, pieces.size()), DType.I32);
  }
}
