// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A loop whose step is the cell of a GRU, with the reset before or after the product. */
public final class RecogniseGru implements Rule {
  /** {@code h' = z * h + (1 - z) * n}. */
  private record Mix(Activation update, Activation candidate) {}

  /** The candidate's parts: what the reset gate scales, and the rest. */
  private record Candidate(Activation reset, Affine rest, Affine scaled, boolean after) {}

  @Override
  public String algebra() {
    return "Loop: h' = z * h + (1 - z) * g(..), gates of x W + h U + b -> GRU";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Loop");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    return OneState.replace(node, context, "a GRU", RecogniseGru::gru);
  }

  private static Optional<List<Value>> gru(TimeLoop loop, int h, OnnxBuilder build) {
    RecurrentOp op = new RecurrentOp(loop, build);
    Value state = loop.param(h);
    Value newH = op.unmask(Masked.keeping(loop, loop.next(h), state));
    Optional<Mix> mix = mix(loop, newH, state);
    Optional<Candidate> parts =
        mix.flatMap(
            m ->
                after(loop, m.candidate.of(), state, build)
                    .or(() -> before(loop, m.candidate.of(), state, build)));
    if (parts.isEmpty() || !parts.get().reset.isLike(mix.get().update)) {
      return Optional.empty();
    }
    AffineReader reader = new AffineReader(loop, state, build);
    Optional<Affine> z = mix.get().update.argument(reader);
    Optional<Affine> r = parts.get().reset.argument(reader);
    if (z.isEmpty() || r.isEmpty()) {
      return Optional.empty();
    }
    Candidate n = parts.get();
    Affine joined = n.rest.withState(n.scaled.u());
    List<Affine> gates = List.of(z.get(), r.get(), joined);
    if (!RecurrentGates.fit(gates, state)) {
      return Optional.empty();
    }
    op.activate(mix.get().update);
    op.activate(mix.get().candidate);
    Optional<Value> none = Optional.empty();
    Map<String, Attr> after = Map.of("linear_before_reset", Attr.of(n.after ? 1L : 0L));
    return op.results("GRU", gates, List.of(none, none, n.scaled.b()), List.of(h), after, newH);
  }

  private static Optional<Mix> mix(TimeLoop loop, Value newH, Value state) {
    for (Value kept : Factors.of(loop, newH, "onnx.Add").orElse(List.of())) {
      Optional<Value> z = Factors.beside(loop, kept, "onnx.Mul", state);
      Optional<List<Value>> fresh =
          Factors.beside(loop, newH, "onnx.Add", kept)
              .flatMap(v -> Factors.of(loop, v, "onnx.Mul"));
      if (z.isEmpty() || fresh.isEmpty()) {
        continue;
      }
      for (int i = 0; i < 2; i++) {
        Optional<Activation> n = Activation.read(loop, fresh.get().get(1 - i));
        Optional<Activation> update = Activation.read(loop, z.get());
        if (n.isPresent() && update.isPresent() && isRest(loop, fresh.get().get(i), z.get())) {
          return Optional.of(new Mix(update.get(), n.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** {@code 1 - z}. */
  private static boolean isRest(TimeLoop loop, Value v, Value z) {
    return loop.inside(v)
        .filter(n -> n.is("onnx.Sub") && n.input(1) == z && Constants.isFilled(n.input(0), 1))
        .isPresent();
  }

  /** {@code x W + b + r * (h U + b')}. */
  private static Optional<Candidate> after(TimeLoop loop, Value v, Value state, OnnxBuilder build) {
    AffineReader reader = new AffineReader(loop, state, build);
    for (Value product : Factors.of(loop, v, "onnx.Add").orElse(List.of())) {
      Optional<Affine> rest =
          Factors.beside(loop, v, "onnx.Add", product)
              .flatMap(reader::read)
              .filter(Affine::readsNoState);
      for (Value factor : Factors.of(loop, product, "onnx.Mul").orElse(List.of())) {
        Optional<Activation> reset = Activation.read(loop, factor);
        Optional<Affine> scaled =
            Factors.beside(loop, product, "onnx.Mul", factor)
                .flatMap(reader::read)
                .filter(Affine::readsOnlyState);
        if (rest.isPresent() && reset.isPresent() && scaled.isPresent()) {
          return Optional.of(new Candidate(reset.get(), rest.get(), scaled.get(), true));
        }
      }
    }
    return Optional.empty();
  }

  /** {@code x W + (r * h) U + b}. */
  private static Optional<Candidate> before(
      TimeLoop loop, Value v, Value state, OnnxBuilder build) {
    for (org.tf2trt.ir.Use use : state.uses()) {
      Node mul = use.reader().filter(n -> n.is("onnx.Mul")).orElse(null);
      if (mul == null) {
        continue;
      }
      Value scaled = mul.result();
      Optional<Activation> reset =
          Factors.beside(loop, scaled, "onnx.Mul", state).flatMap(f -> Activation.read(loop, f));
      Optional<Affine> all =
          new AffineReader(loop, scaled, build).read(v).filter(a -> a.u().isPresent());
      if (reset.isPresent() && all.isPresent()) {
        Affine a = all.get();
        Affine ofState = Affine.ofState(a.u().get(), a.columns());
        Affine rest = a.withState(Optional.empty());
        return Optional.of(new Candidate(reset.get(), rest, ofState, false));
      }
    }
    return Optional.empty();
  }
}
