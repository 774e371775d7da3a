// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Flattening channels-last for a dense layer needs no transpose: the rows of its matrix are put in
 * the order of the channels-first elements. The matrix may be quantised.
 */
public final class PermuteDenseRows implements Rule {
  @Override
  public String algebra() {
    return "MatMul(Reshape(Transpose(x), [N, -1]), W) -> MatMul(Reshape(x, [N, -1]), W[order]); so Gemm, and through unary ops between";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.MatMul", "onnx.Gemm");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<DenseWeights> dense = DenseWeights.kept(node);
    if (dense.isEmpty() || !dense.get().rowsMayMove()) {
      return Outcome.decline("it is not a product with a constant matrix");
    }
    List<Node> unary = new ArrayList<>();
    Value v = node.input(0);
    Optional<Node> step = Producers.sole(v, node, UNARY);
    while (step.isPresent() && step.get().inputs().stream().skip(1).allMatch(Constants::is)) {
      unary.add(0, step.get());
      v = step.get().input(0);
      step = Producers.sole(v, node, UNARY);
    }
    Optional<Node> reshape = Producers.sole(v, node, "onnx.Reshape", "onnx.Flatten");
    Optional<Node> transpose =
        reshape.flatMap(r -> Producers.of(r.input(0), node, "onnx.Transpose"));
    Optional<int[]> perm = transpose.flatMap(Perms::of);
    if (perm.isEmpty() || perm.get()[0] != 0) {
      return Outcome.decline("its input is not flattened from a transpose that keeps the batch");
    }
    Shape last = transpose.get().result().shape();
    Shape flat = reshape.get().result().shape();
    if (!isFlattened(last, flat)) {
      return Outcome.decline("more than the axes behind the batch is flattened");
    }
    Optional<UnaryOperator<TensorData>> rows =
        order(dense.get(), transpose.get().input(0).shape(), perm.get());
    if (rows.isEmpty()) {
      return Outcome.decline("more than one run of axes is open");
    }
    List<Node> matched = new ArrayList<>(List.of(reshape.get(), transpose.get()));
    matched.addAll(unary);
    OnnxBuilder b = context.build(matched);
    // Copied, not inferred, where the other extents are open: the batch stays what it is.
    long batch = flat.dim(1).isKnown() ? -1 : 0;
    Value x = b.op("Reshape", transpose.get().input(0), b.ints(batch, dense.get().inputs()));
    for (Node u : unary) {
      List<Value> inputs = new ArrayList<>(u.inputs());
      inputs.set(0, x);
      x = b.ops(u.op().substring("onnx.".length()), 1, u.attrs(), inputs, List.of()).get(0);
    }
    return Outcome.replace(dense.get().reordered(b, x, rows.get()));
  }

  static final String[] UNARY = {
    "onnx.Relu", "onnx.LeakyRelu", "onnx.Elu", "onnx.Selu", "onnx.Sigmoid", "onnx.Tanh",
    "onnx.Clip", "onnx.Softplus", "onnx.HardSigmoid", "onnx.HardSwish", "onnx.Erf", "onnx.Neg",
    "onnx.Abs", "onnx.Sqrt", "onnx.Exp"
  };

  /** The flat extent is all behind the batch; it need not be a number for that to be certain. */
  private static boolean isFlattened(Shape from, Shape to) {
    Dim product = Shape.of(from.dims().subList(1, from.rank())).elements();
    return to.hasRank(2) && !product.isUnknown() && product.equals(to.dim(1)) && !product.is(0);
  }

  /**
   * Puts the rows of {@code [.., C]} in the order before the transpose. Axes that move together
   * count as one, so one of these may be open: the number of rows settles it.
   */
  private static Optional<UnaryOperator<TensorData>> order(
      DenseWeights dense, Shape before, int[] perm) {
    List<int[]> after = Perms.runs(perm);
    int[] head = after.remove(0); // begins with the batch
    if (head.length > 1) {
      after.add(0, Arrays.copyOfRange(head, 1, head.length));
    }
    Optional<long[]> sizes = sizes(after, before, dense.inputs());
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<int[]> ordered = new ArrayList<>(after);
    ordered.sort((a, b) -> Integer.compare(a[0], b[0]));
    int runs = after.size();
    int offset = dense.transposed() ? 1 : 0;
    int columns = dense.transposed() ? 0 : runs;
    long[] split = new long[runs + 1];
    int[] order = new int[runs + 1];
    split[columns] = dense.outputs();
    order[columns] = columns;
    for (int i = 0; i < runs; i++) {
      split[offset + i] = sizes.get()[i];
      order[offset + ordered.indexOf(after.get(i))] = offset + i;
    }
    return Optional.of(w -> w.reshape(split).permute(order).reshape(w.shape()));
  }

  private static Optional<long[]> sizes(List<int[]> runs, Shape before, long rows) {
    long[] sizes = new long[runs.size()];
    long known = 1;
    int open = -1;
    for (int i = 0; i < sizes.length; i++) {
      Dim product = Dim.of(1);
      for (int axis : runs.get(i)) {
        product = product.times(before.dim(axis));
      }
      if (product.isKnown()) {
        sizes[i] = product.size();
        known *= sizes[i];
      } else if (open < 0) {
        open = i;
      } else {
        return Optional.empty();
      }
    }
    if (known == 0 || rows % known != 0 || open < 0 && known != rows) {
      return Optional.empty();
    }
    if (open >= 0) {
      sizes[open] = rows / known;
    }
    return Optional.of(sizes);
  }
}
