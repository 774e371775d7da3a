// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Zeros;

/** Makes the ONNX op for a loop whose step was read as a cell. */
final class RecurrentOp {
  private final TimeLoop loop;
  private final OnnxBuilder build;
  private final List<Attr> activations = new ArrayList<>();
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();
  private Optional<Mask> mask = Optional.empty();
  private boolean masksDiffer;

  RecurrentOp(TimeLoop loop, OnnxBuilder build) {
    this.loop = loop;
    this.build = build;
  }

  void activate(Activation a) {
    activations.add(Attr.of(a.name()));
    if (a.is("HardSigmoid")) {
      alphas.add(a.alpha());
      betas.add(a.beta());
    }
  }

  /** What a masked state goes on with; all states of a loop must have the same mask. */
  Value unmask(Masked m) {
    if (m.mask().isPresent()) {
      masksDiffer |= mask.isPresent() && !mask.equals(m.mask());
      mask = m.mask();
    }
    return m.now();
  }

  /**
   * The results of the loop; empty when one of them is not among the op's.
   *
   * @param gates in ONNX's order; the biases of the input's side
   * @param stateBiases those of the state's side, empty where there is none
   * @param states the variables that are the states: h, and c of an LSTM
   * @param h what a step that is taken makes of the first state
   */
  Optional<List<Value>> results(
      String op,
      List<Affine> gates,
      List<Optional<Value>> stateBiases,
      List<Integer> states,
      Map<String, Attr> more,
      Value h) {
    if (masksDiffer) {
      return Optional.empty();
    }
    Value x = gates.stream().flatMap(g -> g.x().stream()).findFirst().orElseThrow();
    Steps steps = Steps.of(loop, x, mask, build);
    List<Value> operands = new ArrayList<>();
    operands.add(steps.x());
    operands.addAll(new GateWeights(gates, stateBiases, x.dtype(), build).operands());
    operands.add(steps.lengths().orElse(OnnxBuilder.absent()));
    for (int s : states) {
      Value initial = loop.initial(s);
      boolean zero = Zeros.is(initial);
      operands.add(zero ? OnnxBuilder.absent() : build.unsqueeze(initial, 0));
    }
    GateWeights.peepholes(gates, build)
        .ifPresent(
            p -> {
              while (operands.size() < 7) {
                operands.add(OnnxBuilder.absent());
              }
              operands.add(p);
            });
    Map<String, Attr> attrs = new TreeMap<>(more);
    attrs.put("hidden_size", Attr.of(gates.get(0).columns()));
    attrs.put("activations", new Attr.Many(activations));
    if (!alphas.isEmpty()) {
      attrs.put("activation_alpha", new Attr.Reals(alphas));
      attrs.put("activation_beta", new Attr.Reals(betas));
    }
    if (steps.backwards()) {
      attrs.put("direction", Attr.of("reverse"));
    }
    List<Value> made = build.ops(op, 1 + states.size(), attrs, operands, List.of());
    return new RecurrentResults(loop, steps, mask, states, h, build).of(made);
  }

  static boolean isState(Value v) {
    Shape s = v.shape();
    return v.dtype() == DType.F32 && s.hasRank(2) && s.dim(1).isKnown();
  }
}
