// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Zeros;

/** Finds what the results of a loop are of an op's. */
final class RecurrentResults {
  private final TimeLoop loop;
  private final Steps steps;
  private final Optional<Mask> mask;
  private final List<Integer> states;
  private final Value h;
  private final OnnxBuilder build;

  /**
   * @param states the variables that are the states of the op
   * @param h what a step that is taken makes of the first of them
   */
  RecurrentResults(
      TimeLoop loop,
      Steps steps,
      Optional<Mask> mask,
      List<Integer> states,
      Value h,
      OnnxBuilder build) {
    this.loop = loop;
    this.steps = steps;
    this.mask = mask;
    this.states = states;
    this.h = h;
    this.build = build;
  }

  /** Empty when one of them is not among the op's, and what makes it cannot go on alone. */
  Optional<List<Value>> of(List<Value> made) {
    List<Optional<Value>> found = new ArrayList<>();
    for (int i = 0; i < loop.carried(); i++) {
      int state = states.indexOf(i);
      found.add(
          state >= 0
              ? Optional.of(lastState(made.get(1 + state), loop.initial(i)))
              : lastOutput(i, made));
    }
    for (Value step : loop.scanned()) {
      found.add(collected(step, made.get(0)));
    }
    if (found.stream().allMatch(Optional::isPresent)) {
      return Optional.of(found.stream().map(Optional::get).toList());
    }
    return mask.isPresent()
        ? Optional.empty()
        : new RestOfLoop(loop, h, build)
            .results(found, () -> steps.collected(build.squeeze(made.get(0), 1), false, build));
  }

  /** Runtimes do not agree on what is left of a first state when no step is taken. */
  private Value lastState(Value last, Value initial) {
    Value flat = build.squeeze(last, 0);
    if (steps.lengths().isEmpty() || Zeros.is(initial)) {
      return flat;
    }
    Value any = build.op("Greater", steps.lengths().get(), build.scalar(DType.I32, 0));
    return build.where(build.unsqueeze(any, 1), flat, initial);
  }

  private Optional<Value> collected(Value step, Value y) {
    Optional<Masked> output = output(step);
    if (output.isEmpty() || output.get().mask().isPresent() && !output.get().mask().equals(mask)) {
      return Optional.empty();
    }
    if (output.get().mask().isEmpty() && mask.isPresent()) {
      return Optional.empty(); // what a skipped step would have given
    }
    Optional<Value> otherwise = output.get().otherwise();
    boolean zero = otherwise.map(Zeros::is).orElse(true);
    boolean keeps = otherwise.isPresent() && isPrevious(otherwise.get(), step);
    if (!zero && !keeps || keeps && steps.compaction().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(steps.collected(build.squeeze(y, 1), keeps, build));
  }

  /** A step's output, which is {@code h} for samples that take the step. */
  private Optional<Masked> output(Value step) {
    return Masked.giving(loop, step, h);
  }

  /** Whether a value is what the step before put out, and 0 in the first step. */
  private boolean isPrevious(Value v, Value output) {
    for (int i = 0; i < loop.carried(); i++) {
      if (loop.param(i) == v) {
        return (loop.next(i) == output || isSameState(i, output)) && Zeros.is(loop.initial(i));
      }
    }
    return false;
  }

  /** The first state itself, which skipped steps keep. */
  private boolean isSameState(int i, Value output) {
    return i == states.get(0) && Masked.giving(loop, output, h).isPresent();
  }

  /** A variable that holds what the last step gave. */
  private Optional<Value> lastOutput(int i, List<Value> made) {
    Value next = loop.next(i);
    Optional<Node> lifted = loop.inside(next).filter(n -> n.is("onnx.Unsqueeze"));
    Value step = lifted.map(n -> n.input(0)).orElse(next);
    boolean runs = build.values(loop.trips()).filter(t -> !t.get(0).is(0)).isPresent();
    Optional<Masked> output = output(step);
    if (output.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = mask.isEmpty() && output.get().mask().isEmpty() && loop.param(i).isUnused();
    boolean kept =
        mask.isPresent()
            && output.get().mask().equals(mask)
            && output.get().otherwise().filter(v -> isPrevious(v, step)).isPresent();
    if (!runs || !whole && !kept) {
      return Optional.empty();
    }
    Value flat = build.squeeze(made.get(1), 0);
    if (kept && !Zeros.is(loop.initial(states.get(0)))) {
      Value any = build.op("Greater", steps.lengths().get(), build.scalar(DType.I32, 0));
      flat = build.where(build.unsqueeze(any, 1), flat, build.scalarLike(flat, 0));
    }
    return Optional.of(
        lifted.isPresent() ? build.op("Unsqueeze", flat, lifted.get().input(1)) : flat);
  }
}
