// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A loop whose step is an activation of its input and its state. */
public final class RecogniseRnn implements Rule {
  @Override
  public String algebra() {
    return "Loop: h' = f(x W + h U + b) -> RNN";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Loop");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    return OneState.replace(node, context, "an RNN", RecogniseRnn::rnn);
  }

  private static Optional<List<Value>> rnn(TimeLoop loop, int h, OnnxBuilder build) {
    RecurrentOp op = new RecurrentOp(loop, build);
    Value newH = op.unmask(Masked.keeping(loop, loop.next(h), loop.param(h)));
    Optional<Activation> f = Activation.read(loop, newH);
    Optional<Affine> gate =
        f.flatMap(a -> new AffineReader(loop, loop.param(h), build).read(a.of()))
            .filter(a -> a.u().isPresent());
    if (gate.isEmpty() || !RecurrentGates.fit(List.of(gate.get()), loop.param(h))) {
      return Optional.empty();
    }
    op.activate(f.get());
    return op.results(
        "RNN", List.of(gate.get()), List.of(Optional.empty()), List.of(h), Map.of(), newH);
  }
}
