// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.facts.Reduction;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * The least or the largest of all elements does not depend on their order: flattened, a tensor has
 * lost its layout.
 */
public final class ReduceBeforeFlatten implements Rule {
  @Override
  public String algebra() {
    return "ReduceMax<keepdims=0>(Reshape(x, [-1])) -> ReduceMax<keepdims=0>(x) over all axes; so ReduceMin";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.ReduceMax", "onnx.ReduceMin");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> flat =
        Producers.of(node.input(0), node, "onnx.Reshape", "onnx.Flatten")
            .filter(n -> n.result().shape().hasRank(1));
    if (flat.isEmpty()) {
      return Outcome.decline("its input is not flattened");
    }
    Optional<Reduction> r = Reduction.of(node);
    if (r.isEmpty() || r.get().keepDims() || r.get().axes().size() != 1) {
      return Outcome.decline("it keeps a dim");
    }
    Value x = flat.get().input(0);
    if (!x.shape().isRanked() || x.shape().rank() < 2) {
      return Outcome.decline("the rank before is not known, or no larger");
    }
    String op = node.op().substring("onnx.".length());
    long[] all = LongStream.range(0, x.shape().rank()).toArray();
    return Outcome.replace(context.build(flat.get()).reduce(op, x, false, all));
  }
}
