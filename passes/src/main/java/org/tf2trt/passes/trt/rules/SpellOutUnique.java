// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Distinct elements of a vector, or slices along an axis, by comparing each with each. An element
 * that equals none before it is the first of its kind; where the result is sorted, what is less
 * comes before it.
 */
public final class SpellOutUnique implements Rule {
  @Override
  public String algebra() {
    return "Unique(x) -> Gather(x, NonZero(no equal x[j] before x[i]))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Unique");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    boolean sorted = node.intAttr("sorted", 1) != 0;
    boolean vector = x.shape().hasRank(1);
    if (!vector && (sorted || !node.attrs().containsKey("axis") || !x.shape().isRanked())) {
      return Outcome.decline("it sorts slices, or flattens");
    }
    long given = node.intAttr("axis", 0);
    int axis = (int) (given < 0 ? given + x.shape().rank() : given);
    OnnxBuilder b = context.build();
    Value index = Iota.of(b, x, axis);
    // A NaN equals nothing, but is the first of its own kind.
    Value itself = b.op("Equal", b.unsqueeze(index, 1), b.unsqueeze(index, 0));
    Value equal = b.op("Or", equal(b, x, axis), itself);
    Value none = b.scalar(DType.I64, Integer.MAX_VALUE);
    Value before = b.where(equal, b.unsqueeze(index, 0), none);
    Value first = b.reduce("ReduceMin", before, false, 1);
    Value isFirst = b.op("Equal", first, index);
    // How many kinds come before that of element i.
    Value earlier =
        sorted
            ? b.op("Less", b.unsqueeze(x, 0), b.unsqueeze(x, 1))
            : b.op("Less", b.unsqueeze(first, 0), b.unsqueeze(first, 1));
    Value kinds = b.op("And", earlier, b.unsqueeze(isFirst, 0));
    Value rank = b.reduce("ReduceSum", b.cast(kinds, DType.I64), false, 1);
    Value firsts = b.reshape(b.op("NonZero", isFirst), -1);
    Value order = sorted ? order(b, firsts, rank) : firsts;
    Value counts = b.reduce("ReduceSum", b.cast(equal, DType.I64), false, 1);
    Value[] results = {
      b.op("Gather", Map.of("axis", Attr.of(axis)), x, order),
      order,
      rank,
      b.op("Gather", counts, order)
    };
    return Outcome.replace(java.util.Arrays.copyOf(results, node.results().size()));
  }

  /** Which elements, or slices along the axis, are equal: {@code [n,n]}. */
  private static Value equal(OnnxBuilder b, Value x, int axis) {
    if (x.shape().hasRank(1)) {
      return b.op("Equal", b.unsqueeze(x, 1), b.unsqueeze(x, 0));
    }
    int[] perm = new int[x.shape().rank()];
    for (int i = 0; i < perm.length; i++) {
      perm[i] = i == 0 ? axis : i <= axis ? i - 1 : i;
    }
    Value rows = b.op("Flatten", Map.of("axis", Attr.of(1)), b.transpose(x, perm));
    Value same = b.op("Equal", b.unsqueeze(rows, 1), b.unsqueeze(rows, 0));
    return b.cast(b.reduce("ReduceMin", b.cast(same, DType.I32), false, 2), DType.BOOL);
  }

  /** The first elements in the order of their ranks: element r is the one whose rank is r. */
  private static Value order(OnnxBuilder b, Value firsts, Value rank) {
    Value ranks = b.op("Gather", rank, firsts);
    Value place = Iota.of(b, firsts, 0);
    Value here = b.op("Equal", b.unsqueeze(ranks, 0), b.unsqueeze(place, 1));
    Value chosen = b.where(here, b.unsqueeze(firsts, 0), b.scalar(DType.I64, 0));
    return b.reduce("ReduceSum", chosen, false, 1);
  }
}
