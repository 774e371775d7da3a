// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Connectionist temporal classification, loss and gradient (ctc_loss_calculator.h): paths through a
 * lattice of time steps and states are summed up in logarithms, forwards and, for the gradient,
 * backwards, in a Loop over time for all samples at once.
 */
final class CtcLossLowering {
  private final TfNode node;
  private final OnnxBuilder build;
  private final Value probabilities;
  private final Value lengths;
  private final CtcLabels labels;
  private final Value emissions;

  private CtcLossLowering(TfNode node, OnnxBuilder build) {
    this.node = node;
    this.build = build;
    this.probabilities = build.op("Softmax", Map.of("axis", Attr.of(2L)), node.input(0, 3));
    this.lengths = build.cast(node.input(3, 1), DType.I64);
    this.labels = CtcLabels.of(node, build);
    this.emissions = emissions();
  }

  static void addTo(LoweringTable table) {
    table.add("CTCLoss", (node, build) -> new CtcLossLowering(node, build).lower());
  }

  /** Logarithms of the probability of each state at each time, [time, batch, states]. */
  private Value emissions() {
    Value time = build.dim(probabilities, 0);
    Value shape = build.concat(0, time, build.shapeOf(labels.states()));
    Value at = build.op("Expand", labels.states(), shape);
    Value logs = build.op("Log", probabilities);
    return build.op("GatherElements", Map.of("axis", Attr.of(2L)), logs, at);
  }

  private List<Value> lower() {
    List<Value> forward = pass(false);
    Value last = masked(build, labels.isLast(), forward.get(0));
    Value total = sum(build, last);
    Value left = build.op("Equal", lengths, build.scalar(DType.I64, 0));
    if (node.flag("ignore_longer_outputs_than_inputs")) {
      left = build.op("Or", left, build.op("Greater", labels.given(), lengths));
    }
    Value zero = build.scalar(total.dtype(), 0);
    Value loss = build.where(left, zero, build.op("Neg", total));
    Value gradient = node.isUsed(1) ? gradient(forward.get(1), total, left) : OnnxBuilder.absent();
    return List.of(loss, gradient);
  }

  /** Probabilities without the share of paths through each class; 0 where a sample has ended. */
  private Value gradient(Value forward, Value total, Value left) {
    DType dtype = total.dtype();
    Value reversed = pass(true).get(1);
    Value backward =
        build.slice(
            reversed,
            new long[] {-1},
            new long[] {Long.MIN_VALUE},
            new long[] {0},
            new long[] {-1});
    Value none = build.op("Equal", total, lowest(build, dtype));
    Value known = build.unsqueeze(build.where(none, build.scalar(dtype, 0), total), 1);
    Value paths = build.op("Exp", build.sub(build.add(forward, backward), known));
    paths = build.where(build.unsqueeze(none, 1), build.scalar(dtype, 0), paths);
    Value classes = Ranges.upTo(build, build.squeeze(build.dim(probabilities, 2), 0));
    Value own = build.op("Equal", build.unsqueeze(labels.states(), 2), classes);
    Value shares = build.op("MatMul", build.transpose(paths, 1, 0, 2), build.cast(own, dtype));
    Value difference = build.sub(probabilities, build.transpose(shares, 1, 0, 2));
    Value step = Ranges.upTo(build, build.squeeze(build.dim(probabilities, 0), 0));
    Value runs = build.op("Less", build.unsqueeze(step, 1), lengths);
    Value counts = build.op("And", runs, build.op("Not", left));
    return build.where(build.unsqueeze(counts, 2), difference, build.scalar(dtype, 0));
  }

  /** The variables [batch, states] after the last step, and those of all steps in their order. */
  private List<Value> pass(boolean backwards) {
    DType dtype = probabilities.dtype();
    Value start = build.op("Expand", lowest(build, dtype), build.shapeOf(labels.states()));
    Graph body = new Graph(backwards ? "backward" : "forward");
    Value iteration = body.addParam("iteration", TensorType.of(DType.I64));
    body.addParam("go", TensorType.of(DType.BOOL));
    Value state = body.addParam("state", start.type());
    OnnxBuilder b =
        new OnnxBuilder(body, null, build.provenance(), build.inference(), created -> {});
    Value next = backwards ? backward(b, iteration, state) : forward(b, iteration, state);
    body.addOutput("go_on", b.scalar(DType.BOOL, 1));
    body.addOutput("next", next);
    body.addOutput("all", next);
    Value trips = build.squeeze(build.dim(probabilities, 0), 0);
    List<Value> inputs = List.of(trips, OnnxBuilder.absent(), start);
    return build.ops("Loop", 2, Map.of(), inputs, List.of(body));
  }

  /** What leads to a state: itself, the one before, and the one before a blank. */
  private Value forward(OnnxBuilder b, Value step, Value state) {
    Value emitted = GatherLowerings.gather(b, emissions, step, 0);
    Value paths =
        sum(
            b,
            masked(b, labels.mayStay(), state),
            shifted(b, state, 1),
            masked(b, labels.maySkip(), shifted(b, state, 2)));
    Value first = b.op("Equal", step, b.scalar(DType.I64, 0));
    Value begun = b.where(labels.isFirst(), b.scalar(state.dtype(), 0), lowest(b, state.dtype()));
    Value next = b.add(b.where(first, begun, paths), emitted);
    Value runs = b.unsqueeze(b.op("Less", step, lengths), 1);
    return b.where(runs, masked(b, labels.exists(), next), state);
  }

  /** What a state leads to, from the last step of each sample down to the first. */
  private Value backward(OnnxBuilder b, Value iteration, Value state) {
    Value count = b.squeeze(b.dim(probabilities, 0), 0);
    Value step = b.sub(b.sub(count, iteration), b.scalar(DType.I64, 1));
    Value later = b.op("Min", b.add(step, b.scalar(DType.I64, 1)), b.sub(count, one(b)));
    Value taken = b.add(state, GatherLowerings.gather(b, emissions, later, 0));
    Value paths =
        sum(
            b,
            masked(b, labels.mayStay(), taken),
            shifted(b, taken, -1),
            shifted(b, masked(b, labels.maySkip(), taken), -2));
    Value end = b.unsqueeze(b.sub(lengths, one(b)), 1);
    Value ended = b.where(labels.isLast(), b.scalar(state.dtype(), 0), lowest(b, state.dtype()));
    Value runs = masked(b, b.op("Less", step, end), paths);
    return b.where(b.op("Equal", step, end), ended, runs);
  }

  private static Value one(OnnxBuilder b) {
    return b.scalar(DType.I64, 1);
  }

  /** States moved up by {@code by}; nothing leads to those that come in. */
  private static Value shifted(OnnxBuilder b, Value state, int by) {
    int n = Math.abs(by);
    Value rows = b.dim(state, 0);
    Value shape = b.concat(0, rows, b.ints(n));
    Value none = b.op("Expand", lowest(b, state.dtype()), shape);
    return by > 0
        ? SliceLowerings.slice(b, b.concat(1, none, state), 1, 0, -n)
        : SliceLowerings.slice(b, b.concat(1, state, none), 1, n, Long.MAX_VALUE);
  }

  private static Value masked(OnnxBuilder b, Value mask, Value v) {
    return b.where(mask, v, lowest(b, v.dtype()));
  }

  private static Value lowest(OnnxBuilder b, DType dtype) {
    return b.scalar(dtype, Double.NEGATIVE_INFINITY);
  }

  /** The logarithm of the sum of what three values are logarithms of; also of none. */
  private static Value sum(OnnxBuilder b, Value x, Value y, Value z) {
    Value most = finite(b, b.op("Max", x, y, z));
    Value sum = b.op("Exp", b.sub(x, most));
    for (Value v : List.of(y, z)) {
      sum = b.add(sum, b.op("Exp", b.sub(v, most)));
    }
    return b.add(b.op("Log", sum), most);
  }

  /** The same along the states. */
  private static Value sum(OnnxBuilder b, Value v) {
    Value most = finite(b, b.reduce("ReduceMax", v, true, 1));
    Value sum = b.reduce("ReduceSum", b.op("Exp", b.sub(v, most)), false, 1);
    return b.add(b.op("Log", sum), b.squeeze(most, 1));
  }

  private static Value finite(OnnxBuilder b, Value v) {
    return b.where(b.op("Equal", v, lowest(b, v.dtype())), b.scalar(v.dtype(), 0), v);
  }
}
