// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Extents;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Two casts are one when the first keeps every value exactly; f32 to f16 and back stays, for it
 * rounds.
 */
public final class MergeCasts implements Rule {
  @Override
  public String algebra() {
    return "Cast<to=C>(Cast<to=B>(x: A)) -> Cast<to=C>(x), if B holds every A, or x holds extents and B is i32 or i64";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Cast");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> inner = node.input(0).producer("onnx.Cast");
    if (inner.isEmpty()) {
      return Outcome.decline("its input is not a cast");
    }
    Value x = inner.get().input(0);
    DType between = node.input(0).dtype();
    boolean extents = (between == DType.I32 || between == DType.I64) && Extents.hold(x);
    if (!Lossless.holds(x.dtype(), between) && !extents) {
      return Outcome.decline("the first cast may change values");
    }
    return Outcome.replace(context.build(inner.get()).cast(x, node.result().dtype()));
  }
}
