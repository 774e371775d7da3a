// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Random numbers of distributions with parameters: an output for each sample and parameter. */
final class RandomVariates {
  /** Each candidate is refused in at most one of twenty cases: all, in one of 10^20. */
  private static final long CANDIDATES = 16;

  /** More events than this in one draw are cut off. */
  private static final int MOST_EVENTS = 1 << 16;

  private RandomVariates() {}

  static void addTo(LoweringTable table) {
    table.one("RandomGamma", (node, b) -> gamma(node, b, node.input(1), shape(node, b, 1)));
    table.one("RandomPoissonV2", (node, b) -> poisson(node, b, 1, shape(node, b, 1)));
    // The shape of the stateless ones is that of the result.
    table.one("StatelessRandomGammaV2", (node, b) -> stateless(node, b, 2));
    table.one("StatelessRandomGammaV3", (node, b) -> stateless(node, b, 4));
    table.one(
        "StatelessRandomPoisson", (node, b) -> poisson(node, b, 2, RandomLowerings.shape(node, b)));
    table.one("ParameterizedTruncatedNormal", RandomVariates::truncated);
  }

  /** The asked shape, then that of the parameter. */
  private static Value shape(TfNode node, OnnxBuilder b, int parameter) {
    return b.concat(0, RandomLowerings.shape(node, b), b.shapeOf(node.input(parameter)));
  }

  private static Value stateless(TfNode node, OnnxBuilder b, int alpha) {
    return gamma(node, b, node.input(alpha), RandomLowerings.shape(node, b));
  }

  /** Marsaglia's and Tsang's method; a shape below 1 is raised by 1 and scaled back. */
  private static Value gamma(TfNode node, OnnxBuilder b, Value given, Value shape) {
    RandomNumbers random = new RandomNumbers(node, b);
    Value alpha = b.cast(given, DType.F32);
    Value one = number(b, 1);
    Value small = b.op("Less", alpha, one);
    Value raised = b.where(small, b.add(alpha, one), alpha);
    Value d = b.sub(raised, number(b, 1.0 / 3));
    Value c = b.op("Reciprocal", b.op("Sqrt", b.mul(d, number(b, 9))));
    Value many = b.concat(0, b.ints(CANDIDATES), shape);
    Value x = random.normal(many);
    Value base = b.add(one, b.mul(c, x));
    Value v = b.mul(base, b.mul(base, base));
    Value positive = b.op("Greater", v, number(b, 0));
    Value safe = b.where(positive, v, one);
    Value bound =
        b.add(
            b.mul(b.mul(x, x), number(b, 0.5)),
            b.mul(d, b.add(b.sub(one, safe), b.op("Log", safe))));
    Value taken = b.op("Less", b.op("Log", random.positive(many)), bound);
    Value good = b.cast(b.op("And", positive, taken), DType.I32);
    Value first = b.op("ArgMax", Map.of("axis", Attr.of(0), "keepdims", Attr.of(1L)), good);
    Value chosen = b.op("GatherElements", Map.of("axis", Attr.of(0)), safe, first);
    Value sample = b.mul(d, b.squeeze(chosen, 0));
    Value power = b.op("Pow", random.positive(shape), b.op("Reciprocal", alpha));
    return b.cast(b.mul(sample, b.where(small, power, one)), node.outputType(0));
  }

  /** Counts events of a Poisson process: waiting times are exponential. */
  private static Value poisson(TfNode node, OnnxBuilder b, int parameter, Value shape) {
    RandomNumbers random = new RandomNumbers(node, b);
    if (node.options().random() == LoweringOptions.Randomness.FOLD) {
      throw node.refuse("--random fold cannot draw from this distribution", "use --random keep");
    }
    Value rate = b.cast(node.input(parameter), DType.F32);
    Value zeros = b.mul(random.uniform(shape), number(b, 0));
    Value wanted = b.add(zeros, rate);
    List<Value> end =
        Iteration.run(
            b,
            MOST_EVENTS,
            List.of(zeros, zeros),
            (body, round, state) -> {
              Value u = body.op("RandomUniformLike", state.get(0));
              Value held = body.op("Max", u, body.scalar(DType.F32, RandomNumbers.LEAST));
              Value time = body.sub(state.get(0), body.op("Log", held));
              Value before = body.op("LessOrEqual", time, wanted);
              Value count = body.add(state.get(1), body.cast(before, DType.F32));
              return new Iteration.Next(List.of(time, count), before);
            });
    return b.cast(end.get(1), node.outputType(0));
  }

  /** Inputs: shape, means, deviations, minima, maxima, each a scalar or one per row. */
  private static Value truncated(TfNode node, OnnxBuilder b) {
    Value mean = parameter(node, b, 1);
    Value deviation = parameter(node, b, 2);
    Value low = probability(b, b.div(b.sub(parameter(node, b, 3), mean), deviation));
    Value high = probability(b, b.div(b.sub(parameter(node, b, 4), mean), deviation));
    Value u = new RandomNumbers(node, b).uniform(RandomLowerings.shape(node, b));
    Value p = b.add(low, b.mul(u, b.sub(high, low)));
    Value x = b.add(b.mul(SpecialLowerings.ndtri(b, p), deviation), mean);
    Value held = b.op("Max", b.op("Min", x, parameter(node, b, 4)), parameter(node, b, 3));
    return b.cast(held, node.outputType(0));
  }

  private static Value parameter(TfNode node, OnnxBuilder b, int input) {
    Value v = b.cast(node.input(input), DType.F32);
    if (node.rank(input) == 0) {
      return v;
    }
    int rank = node.constantIntegers(0).length;
    return NormLowerings.behindChannels(b, v, rank - 1);
  }

  private static Value probability(OnnxBuilder b, Value x) {
    Value erf = b.op("Erf", b.mul(x, number(b, Math.sqrt(0.5))));
    return b.mul(b.add(erf, number(b, 1)), number(b, 0.5));
  }

  private static Value number(OnnxBuilder b, double value) {
    return b.scalar(DType.F32, value);
  }
}
