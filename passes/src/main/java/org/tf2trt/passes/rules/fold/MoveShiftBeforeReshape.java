// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** The bias of a dense layer is added before its outputs are split into heads. */
public final class MoveShiftBeforeReshape implements Rule {
  @Override
  public String algebra() {
    return "Add(Reshape(MatMul(x, W) [.., H*D], [.., H, D]), c[H, D]) -> Reshape(Add(MatMul(x, W), c[H*D]), [.., H, D])";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Add");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> reshape = Producers.sole(node.input(0), node, "onnx.Reshape");
    Optional<DenseWeights> dense =
        reshape.flatMap(
            r ->
                Producers.sole(r.input(0), r, "onnx.MatMul", "onnx.Gemm")
                    .flatMap(DenseWeights::of));
    if (dense.isEmpty()) {
      return Outcome.decline("it does not shift a reshaped dense layer read only here");
    }
    Shape from = reshape.get().input(0).shape();
    Shape to = reshape.get().result().shape();
    int split = lastSplit(from, to);
    if (split < 0) {
      return Outcome.decline("the reshape does more than split the last axis");
    }
    Value c = node.input(1);
    Optional<TensorData> shift = Constants.small(c);
    if (shift.isEmpty() || !Broadcast.into(c, reshape.get().result())) {
      return Outcome.decline("the shift is not a constant that keeps the shape");
    }
    Optional<TensorData> flat = flattened(shift.get(), to, split);
    if (flat.isEmpty()) {
      return Outcome.decline("the shift varies along other axes than the outputs");
    }
    OnnxBuilder b = context.build(reshape.get());
    Value sum = b.add(reshape.get().input(0), b.constant(flat.get()));
    return Outcome.replace(
        b.ops("Reshape", 1, reshape.get().attrs(), sum, reshape.get().input(1)).get(0));
  }

  /** The first of the axes that the last axis became; -1 when others changed too. */
  private static int lastSplit(Shape from, Shape to) {
    if (!from.isRanked() || !to.isRanked() || from.rank() < 1 || to.rank() < from.rank()) {
      return -1;
    }
    int split = from.rank() - 1;
    for (int i = 0; i < split; i++) {
      if (from.dim(i).isUnknown() || !from.dim(i).equals(to.dim(i))) {
        return -1;
      }
    }
    long outputs = 1;
    for (int i = split; i < to.rank(); i++) {
      if (!to.dim(i).isKnown()) {
        return -1;
      }
      outputs *= to.dim(i).size();
    }
    return from.dim(split).is(outputs) ? split : -1;
  }

  /** The constant as one number for each output. */
  private static Optional<TensorData> flattened(TensorData shift, Shape to, int split) {
    int lead = to.rank() - shift.rank();
    for (int i = 0; i < shift.rank() && lead + i < split; i++) {
      if (shift.shape()[i] != 1) {
        return Optional.empty();
      }
    }
    long[] heads = Shape.of(to.dims().subList(split, to.rank())).sizes();
    long outputs = Arrays.stream(heads).reduce(1, (a, b) -> a * b);
    return Constants.compute("Expand", withoutLead(shift, heads.length), TensorData.vector(heads))
        .map(t -> t.reshape(outputs));
  }

  private static TensorData withoutLead(TensorData t, int rank) {
    long[] shape = t.shape();
    return t.rank() <= rank ? t : t.reshape(Arrays.copyOfRange(shape, t.rank() - rank, t.rank()));
  }
}
