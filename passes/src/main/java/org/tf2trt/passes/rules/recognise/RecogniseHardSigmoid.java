// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recognise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Bounds;
import org.tf2trt.passes.facts.Broadcast;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A line clamped to a range from 0 and scaled to end at 1 is HardSigmoid. */
public final class RecogniseHardSigmoid implements Rule {
  @Override
  public String algebra() {
    return "Mul(Clip(Add(x, a), 0, 1/k), k) -> HardSigmoid<alpha=k, beta=a*k>(x); so Div; Clip(Add(Mul(x, s), a), 0, 1) -> HardSigmoid<alpha=s, beta=a>(x)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Mul", "onnx.Div", "onnx.Clip");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.input(0).dtype() == DType.F64) {
      return Outcome.decline("runtimes have no HardSigmoid of doubles");
    }
    double k = 1;
    List<Node> matched = new ArrayList<>();
    Node clip = node;
    if (!node.is("onnx.Clip")) {
      Optional<Node> inner = Producers.sole(node.input(0), node, "onnx.Clip");
      OptionalDouble factor = Constants.uniform(node.input(1));
      if (inner.isEmpty() || factor.isEmpty() || !Broadcast.into(node.input(1), node.input(0))) {
        return Outcome.decline("it does not scale a Clip read only here by a number");
      }
      k = node.is("onnx.Mul") ? factor.getAsDouble() : 1 / factor.getAsDouble();
      clip = inner.get();
      matched.add(clip);
    }
    Optional<Bounds> bounds = Bounds.of(clip);
    if (bounds.isEmpty()
        || bounds.get().low() != 0
        || !(Math.abs(bounds.get().high() * k - 1) <= 1e-6)) {
      return Outcome.decline("the result does not range from 0 to 1");
    }
    Optional<Node> add = Producers.sole(clip.input(0), clip, "onnx.Add");
    OptionalDouble shift =
        add.map(n -> Constants.uniform(n.input(1))).orElse(OptionalDouble.empty());
    if (shift.isEmpty() || !Broadcast.into(add.get().input(1), add.get().input(0))) {
      return Outcome.decline("it does not clamp a value shifted by a number");
    }
    matched.add(add.get());
    Value x = add.get().input(0);
    double slope = 1;
    Optional<Node> mul =
        Producers.sole(x, add.get(), "onnx.Mul")
            .filter(n -> Constants.uniform(n.input(1)).isPresent())
            .filter(n -> Broadcast.into(n.input(1), n.input(0)));
    if (mul.isPresent()) {
      matched.add(mul.get());
      x = mul.get().input(0);
      slope = Constants.uniform(mul.get().input(1)).getAsDouble();
    }
    Map<String, Attr> attrs =
        Map.of("alpha", Attr.of(slope * k), "beta", Attr.of(shift.getAsDouble() * k));
    return Outcome.replace(context.build(matched).op("HardSigmoid", attrs, x));
  }
}
