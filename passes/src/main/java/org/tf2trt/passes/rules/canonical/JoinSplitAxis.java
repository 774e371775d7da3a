// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.facts.ReshapeTargets;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Slices of an axis that are joined along the last one: the axis moves beside it and merges with
 * it, as the two directions of a recurrent layer do.
 */
public final class JoinSplitAxis implements Rule {
  @Override
  public String algebra() {
    return "Concat<last axis>(Squeeze(s0, a), Squeeze(s1, a)), s0, s1 = Split(y, a) into ones -> Reshape(Transpose(y), [.., 2*H])";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Concat");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Shape joined = node.result().shape();
    if (!joined.isRanked()
        || Math.floorMod(node.intAttr("axis", 0), (long) joined.rank()) != joined.rank() - 1) {
      return Outcome.decline("it does not join along the last axis");
    }
    Optional<Node> split = split(node);
    if (split.isEmpty()) {
      return Outcome.decline("it does not join all slices of an axis, squeezed, in their order");
    }
    Value y = split.get().input(0);
    int rank = y.shape().rank();
    int axis = (int) Math.floorMod(split.get().intAttr("axis", 0), (long) rank);
    if (axis == rank - 1 || !y.shape().dim(axis).is(node.inputs().size())) {
      return Outcome.decline("the slices have more than one element of the axis");
    }
    int[] perm = new int[rank];
    for (int i = 0, from = 0; i < rank; i++) {
      perm[i] = i == rank - 2 ? axis : from == axis ? ++from : from;
      from += i == rank - 2 ? 0 : 1;
    }
    Shape moved = y.shape().permute(perm);
    List<Dim> dims = new ArrayList<>(moved.dims().subList(0, rank - 2));
    dims.add(moved.dim(rank - 2).times(moved.dim(rank - 1)));
    Optional<long[]> target = ReshapeTargets.of(moved, Shape.of(dims));
    if (target.isEmpty()) {
      return Outcome.decline("the joined shape cannot be stated");
    }
    OnnxBuilder b = context.build(split.get());
    return Outcome.replace(b.reshape(b.transpose(y, perm), b.ints(target.get())));
  }

  /** The Split whose results, squeezed along its axis, are the inputs in their order. */
  private static Optional<Node> split(Node concat) {
    Node found = null;
    for (int i = 0; i < concat.inputs().size(); i++) {
      Optional<Node> squeeze = Producers.sole(concat.input(i), concat, "onnx.Squeeze");
      if (squeeze.isEmpty()
          || !(squeeze.get().input(0) instanceof Value.Result part)
          || part.index() != i
          || !part.node().is("onnx.Split")
          || found != null && found != part.node()) {
        return Optional.empty();
      }
      found = part.node();
      Shape shape = found.input(0).shape();
      if (!shape.isRanked() || found.results().size() != concat.inputs().size()) {
        return Optional.empty();
      }
      int rank = shape.rank();
      long axis = Math.floorMod(found.intAttr("axis", 0), (long) rank);
      Optional<long[]> squeezed = ReducedRank.axes(squeeze.get(), rank);
      if (squeezed.isEmpty() || squeezed.get().length != 1 || squeezed.get()[0] != axis) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(found);
  }
}
