// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A loop whose step is the cell of an LSTM. */
public final class RecogniseLstm implements Rule {
  /** What a step does to the cell. */
  private record Cell(
      Activation input,
      Activation forget,
      Activation update,
      Activation output,
      Activation shown) {}

  @Override
  public String algebra() {
    return "Loop: c' = f * c + i * g(..), h' = o * g(c'), gates of x W + h U + p * c + b -> LSTM";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Loop");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<TimeLoop> time = TimeLoop.of(node);
    if (time.isEmpty()) {
      return Outcome.decline("a condition may end the loop");
    }
    TimeLoop loop = time.get();
    for (int h = 0; h < loop.carried(); h++) {
      for (int c = 0; c < loop.carried(); c++) {
        if (c != h && RecurrentOp.isState(loop.param(h)) && RecurrentOp.isState(loop.param(c))) {
          Optional<List<Value>> made = lstm(loop, h, c, context.build());
          if (made.isPresent()) {
            return new Replace(made.get());
          }
        }
      }
    }
    return Outcome.decline("no two of its variables are the state of an LSTM");
  }

  private static Optional<List<Value>> lstm(TimeLoop loop, int h, int c, OnnxBuilder build) {
    RecurrentOp op = new RecurrentOp(loop, build);
    Masked nextH = Masked.keeping(loop, loop.next(h), loop.param(h));
    Masked nextC = Masked.keeping(loop, loop.next(c), loop.param(c));
    boolean keep = nextH.mask().equals(nextC.mask());
    Value newH = op.unmask(nextH);
    Value newC = op.unmask(nextC);
    Optional<Cell> found = keep ? cell(loop, newH, newC, loop.param(c)) : Optional.empty();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Cell cell = found.get();
    boolean same = cell.input.isLike(cell.forget) && cell.input.isLike(cell.output);
    Value before = loop.param(c);
    List<Affine> gates = new ArrayList<>();
    gate(cell.input, loop, h, Optional.of(before), build).ifPresent(gates::add);
    // Its peephole looks at the cell as this step made it.
    gate(cell.output, loop, h, Optional.of(newC), build).ifPresent(gates::add);
    gate(cell.forget, loop, h, Optional.of(before), build).ifPresent(gates::add);
    gate(cell.update, loop, h, Optional.empty(), build).ifPresent(gates::add);
    if (!same || gates.size() != 4 || !RecurrentGates.fit(gates, loop.param(h))) {
      return Optional.empty();
    }
    op.activate(cell.input);
    op.activate(cell.update);
    op.activate(cell.shown);
    return op.results(
        "LSTM", gates, Collections.nCopies(4, Optional.empty()), List.of(h, c), Map.of(), newH);
  }

  private static Optional<Affine> gate(
      Activation gate, TimeLoop loop, int h, Optional<Value> cell, OnnxBuilder build) {
    return gate.argument(new AffineReader(loop, loop.param(h), cell, build));
  }

  private static Optional<Cell> cell(TimeLoop loop, Value newH, Value newC, Value c) {
    for (Value shown : Factors.of(loop, newH, "onnx.Mul").orElse(List.of())) {
      Optional<Activation> show = Activation.read(loop, shown).filter(a -> a.of() == newC);
      Optional<Activation> output =
          Factors.beside(loop, newH, "onnx.Mul", shown).flatMap(v -> Activation.read(loop, v));
      if (show.isPresent() && output.isPresent()) {
        return cell(loop, newC, c, output.get(), show.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<Cell> cell(
      TimeLoop loop, Value newC, Value c, Activation output, Activation shown) {
    for (Value kept : Factors.of(loop, newC, "onnx.Add").orElse(List.of())) {
      Optional<Activation> forget =
          Factors.beside(loop, kept, "onnx.Mul", c).flatMap(v -> Activation.read(loop, v));
      Optional<List<Value>> added =
          Factors.beside(loop, newC, "onnx.Add", kept)
              .flatMap(v -> Factors.of(loop, v, "onnx.Mul"));
      if (forget.isEmpty() || added.isEmpty()) {
        continue;
      }
      Optional<Activation> a = Activation.read(loop, added.get().get(0));
      Optional<Activation> b = Activation.read(loop, added.get().get(1));
      if (a.isPresent() && b.isPresent()) {
        boolean first = a.get().isLike(forget.get());
        Activation input = first ? a.get() : b.get();
        Activation update = first ? b.get() : a.get();
        return Optional.of(new Cell(input, forget.get(), update, output, shown));
      }
    }
    return Optional.empty();
  }
}
