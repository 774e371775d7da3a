// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Makes the ONNX op for a loop and finds what the loop's results are of it. */
final class RecurrentOp {
  private final TimeLoop loop;
  private final OnnxBuilder build;
  private final List<Attr> activations = new ArrayList<>();
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();
  private Optional<Value> lengths = Optional.empty();
  private boolean lengthsDiffer;

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

  /** What a masked value goes on with; all masks of a loop must be of the same lengths. */
  Value unmask(Masked m) {
    if (m.lengths().isPresent()) {
      lengthsDiffer |= lengths.isPresent() && lengths.get() != m.lengths().get();
      lengths = m.lengths();
    }
    return m.now();
  }

  /** {@code [1, gates * hidden, ...]} of weights {@code [..., hidden]}; missing ones are 0. */
  private Value weights(List<Optional<Value>> gates, long rows, long hidden, DType dtype) {
    Value[] parts = new Value[gates.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          gates
              .get(i)
              .map(v -> build.transpose(v, 1, 0))
              .orElseGet(() -> zeros(dtype, hidden, rows));
    }
    return build.unsqueeze(build.concat(0, parts), 0);
  }

  private Value zeros(DType dtype, long... shape) {
    return build.op("Expand", build.scalar(dtype, 0), build.ints(shape));
  }

  /**
   * The op's results.
   *
   * @param gates in ONNX's order; the biases of the input's side
   * @param stateBiases those of the state's side, empty where there is none
   * @param states initial ones: h, and c of an LSTM
   */
  List<Value> make(
      String op,
      List<Affine> gates,
      List<Optional<Value>> stateBiases,
      List<Integer> states,
      Map<String, Attr> more) {
    Value x = gates.stream().flatMap(g -> g.x().stream()).findFirst().orElseThrow();
    long hidden = gates.get(0).columns();
    long inputs =
        gates.stream().flatMap(g -> g.w().stream()).findFirst().orElseThrow().shape().dim(0).size();
    DType dtype = x.dtype();
    List<Optional<Value>> biases = new ArrayList<>();
    gates.forEach(g -> biases.add(g.b()));
    biases.addAll(stateBiases);
    Value[] parts = new Value[biases.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = biases.get(i).orElseGet(() -> zeros(dtype, hidden));
    }
    boolean biased = biases.stream().anyMatch(Optional::isPresent);
    List<Value> operands = new ArrayList<>();
    operands.add(steps(x));
    operands.add(weights(gates.stream().map(Affine::w).toList(), inputs, hidden, dtype));
    operands.add(weights(gates.stream().map(Affine::u).toList(), hidden, hidden, dtype));
    operands.add(biased ? build.unsqueeze(build.concat(0, parts), 0) : OnnxBuilder.absent());
    operands.add(lengths.map(this::clamped).orElse(OnnxBuilder.absent()));
    for (int s : states) {
      Value initial = loop.initial(s);
      boolean zero = TimeLoop.isZero(initial);
      operands.add(zero ? OnnxBuilder.absent() : build.unsqueeze(initial, 0));
    }
    Map<String, Attr> attrs = new TreeMap<>(more);
    attrs.put("hidden_size", Attr.of(hidden));
    attrs.put("activations", new Attr.Many(activations));
    if (!alphas.isEmpty()) {
      attrs.put("activation_alpha", new Attr.Reals(alphas));
      attrs.put("activation_beta", new Attr.Reals(betas));
    }
    return build.ops(op, 1 + states.size(), attrs, operands, List.of());
  }

  /** As many steps of the sequence as the loop makes. */
  private Value steps(Value x) {
    Optional<List<Dim>> trips = build.values(loop.trips());
    Dim have = x.shape().dim(0);
    if (!have.isUnknown() && trips.filter(t -> t.get(0).equals(have)).isPresent()) {
      return x;
    }
    Value end = build.reshape(loop.trips(), 1);
    return build.op("Slice", x, build.ints(0), end, build.ints(0));
  }

  /** Lengths beyond the sequence are none. */
  private Value clamped(Value all) {
    Value most = build.reshape(loop.trips(), 1);
    Value clamped = build.op("Min", build.cast(all, DType.I64), most);
    return build.cast(build.op("Max", clamped, build.ints(0)), DType.I32);
  }

  /** The results of the loop; empty when one of them is not among the op's. */
  Optional<List<Value>> results(List<Value> made, List<Integer> states, Value h) {
    if (lengthsDiffer) {
      return Optional.empty();
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < loop.carried(); i++) {
      int state = states.indexOf(i);
      Optional<Value> value =
          state >= 0 ? Optional.of(build.squeeze(made.get(1 + state), 0)) : last(i, h, made.get(1));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      results.add(value.get());
    }
    for (Value step : loop.scanned()) {
      Masked m = Masked.of(loop, step);
      boolean zero = m.otherwise().map(TimeLoop::isZero).orElse(true);
      if (m.now() != h || !zero || !m.lengths().equals(lengths)) {
        return Optional.empty();
      }
      results.add(build.squeeze(made.get(0), 1));
    }
    return Optional.of(results);
  }

  /** A variable that no step reads holds what the last one gave. */
  private Optional<Value> last(int i, Value h, Value lastState) {
    boolean steps = build.values(loop.trips()).filter(t -> !t.get(0).is(0)).isPresent();
    Value next = loop.next(i);
    Optional<Node> lifted =
        loop.inside(next).filter(n -> n.is("onnx.Unsqueeze") && n.input(0) == h);
    boolean unread = loop.param(i).isUnused() && lengths.isEmpty() && steps;
    if (!unread || next != h && lifted.isEmpty()) {
      return Optional.empty();
    }
    Value flat = build.squeeze(lastState, 0);
    return Optional.of(
        lifted.isPresent() ? build.op("Unsqueeze", flat, lifted.get().input(1)) : flat);
  }

  static boolean isState(Value v) {
    Shape s = v.shape();
    return v.dtype() == DType.F32 && s.hasRank(2) && s.dim(1).isKnown();
  }
}
