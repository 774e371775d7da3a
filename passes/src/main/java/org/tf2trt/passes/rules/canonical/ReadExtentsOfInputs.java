// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Reads open extents of inner values from the input that has them. What layers compute from the
 * same extents, such as positions and masks, is then the same expression. Where two inputs share an
 * extent, nothing says which of them is broadcast when the model runs, so that none is taken.
 */
public final class ReadExtentsOfInputs implements Rule {
  @Override
  public String algebra() {
    return "Shape<start=i>(x: [.., N]) -> Shape<start=j>(input: [.., N]), if no other input has N;"
        + " so Gather(Shape(x), i)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Shape", "onnx.Gather");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.graph().owner().isPresent()) {
      return Outcome.decline("the parameters of a body are no inputs");
    }
    Optional<Node> shape = node.is("onnx.Shape") ? Optional.of(node) : shapeOf(node);
    Optional<List<Dim>> dims = context.values(node.result());
    if (shape.isEmpty() || dims.isEmpty() || dims.get().isEmpty()) {
      return Outcome.decline("it is no known part of a shape");
    }
    if (shape.get().input(0) instanceof Value.Param) {
      return Outcome.decline("it reads an input already");
    }
    if (dims.get().stream().allMatch(Dim::isKnown)) {
      return Outcome.decline("nothing is open");
    }
    Optional<Value.Param> input = owner(node, dims.get());
    if (input.isEmpty()) {
      return Outcome.decline("there is not one input that has these extents");
    }
    long start = start(input.get(), dims.get());
    if (node.is("onnx.Shape")) {
      long end = start + dims.get().size();
      Map<String, Attr> part = Map.of("start", Attr.of(start), "end", Attr.of(end));
      boolean whole = start == 0 && end == input.get().shape().rank();
      return Outcome.replace(context.build().op("Shape", whole ? Map.of() : part, input.get()));
    }
    OnnxBuilder b = context.build(shape.get());
    Value all = b.cast(b.shapeOf(input.get()), node.result().dtype());
    Value at = b.scalar(DType.I64, (double) start);
    return Outcome.replace(b.op("Gather", Map.of("axis", Attr.of(0L)), all, at));
  }

  /** The shape of which a Gather takes one element. */
  private static Optional<Node> shapeOf(Node gather) {
    if (!gather.input(1).shape().hasRank(0)) {
      return Optional.empty();
    }
    Optional<Node> cast = Producers.of(gather.input(0), gather, "onnx.Cast");
    Value v = cast.map(n -> n.input(0)).orElse(gather.input(0));
    return Producers.of(v, cast.orElse(gather), "onnx.Shape");
  }

  /** The only input that has the open extents, side by side with the known ones. */
  private static Optional<Value.Param> owner(Node node, List<Dim> dims) {
    Value.Param found = null;
    for (Value.Param p : node.graph().params()) {
      boolean has =
          p.shape().isRanked()
              && dims.stream().filter(d -> !d.isKnown()).anyMatch(p.shape().dims()::contains);
      if (has && found != null) {
        return Optional.empty();
      }
      found = has ? p : found;
    }
    return Optional.ofNullable(found)
        .filter(p -> dims.stream().noneMatch(Dim::isUnknown) && start(p, dims) >= 0);
  }

  private static long start(Value.Param input, List<Dim> dims) {
    return java.util.Collections.indexOfSubList(input.shape().dims(), dims);
  }
}
