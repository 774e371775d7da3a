// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The regularised incomplete beta function by Lentz's continued fraction, with I(a, b, x) = 1 -
 * I(b, a, 1 - x) used where that converges faster.
 */
final class IncompleteBeta {
  private static final int ROUNDS = 300;

  private IncompleteBeta() {}

  static void addTo(LoweringTable table) {
    table.one("Betainc", IncompleteBeta::lower);
  }

  private static Value lower(TfNode node, OnnxBuilder build) {
    DType wide = Compute.type(node, node.outputType(0), Compute.DOUBLES);
    Value a = build.cast(node.input(0), wide);
    Value b = build.cast(node.input(1), wide);
    Value x = build.cast(node.input(2), wide);
    return build.cast(of(build, a, b, x), node.outputType(0));
  }

  private static Value of(OnnxBuilder build, Value givenA, Value givenB, Value givenX) {
    Value zero = build.scalarLike(givenA, 0);
    Value one = build.scalarLike(givenA, 1);
    Value none = build.where(build.op("Less", build.add(givenA, givenB), givenX), zero, zero);
    Value a0 = build.add(givenA, none);
    Value b0 = build.add(givenB, none);
    Value x0 = build.add(givenX, none);
    Value sum = build.add(a0, b0);
    Value edge = build.div(build.add(a0, one), build.add(sum, build.scalarLike(a0, 2)));
    Value turn = build.op("Greater", x0, edge);
    Value a = build.where(turn, b0, a0);
    Value b = build.where(turn, a0, b0);
    Value x = build.where(turn, build.sub(one, x0), x0);
    Value rest = build.where(turn, x0, build.sub(one, x0));

    Value gammas =
        build.sub(
            GammaFunctions.lgamma(build, sum),
            build.add(GammaFunctions.lgamma(build, a), GammaFunctions.lgamma(build, b)));
    Value powers = build.add(build.mul(a, build.op("Log", x)), build.mul(b, build.op("Log", rest)));
    Value front = build.div(build.op("Exp", build.add(gammas, powers)), a);
    Value inside =
        ArithmeticLowerings.unlessZero(build, x, build.mul(front, fraction(build, a, b, x)));
    Value value = build.where(turn, build.sub(one, inside), inside);
    Value out = build.op("Or", build.op("Less", x0, zero), build.op("Greater", x0, one));
    Value bad =
        build.op("Or", build.op("LessOrEqual", a0, zero), build.op("LessOrEqual", b0, zero));
    return build.where(build.op("Or", out, bad), build.scalarLike(a0, Double.NaN), value);
  }

  private static Value fraction(OnnxBuilder build, Value a, Value b, Value x) {
    Value one = build.scalarLike(x, 1);
    Value first = build.div(build.mul(build.add(a, b), x), build.add(a, one));
    Value d = build.op("Reciprocal", guarded(build, build.sub(one, first)));
    Value ones = build.add(build.mul(x, build.scalarLike(x, 0)), one);
    List<Value> end =
        Iteration.run(
            build, ROUNDS, List.of(ones, d, d, ones), (g, round, s) -> step(g, a, b, x, s));
    return end.get(2);
  }

  /** State: c, d, the value, and the number of the round as a float. */
  private static Iteration.Next step(OnnxBuilder g, Value a, Value b, Value x, List<Value> s) {
    Value one = g.scalarLike(x, 1);
    Value m = s.get(3);
    Value twice = g.add(m, m);
    Value low = g.add(g.sub(a, one), twice);
    Value middle = g.add(a, twice);
    Value high = g.add(middle, one);
    Value even = g.div(g.mul(g.mul(m, g.sub(b, m)), x), g.mul(low, middle));
    Value sum = g.mul(g.add(a, m), g.add(g.add(a, b), m));
    Value odd = g.op("Neg", g.div(g.mul(sum, x), g.mul(middle, high)));

    Value d1 = g.op("Reciprocal", guarded(g, g.add(one, g.mul(even, s.get(1)))));
    Value c1 = guarded(g, g.add(one, g.div(even, s.get(0))));
    Value h1 = g.mul(s.get(2), g.mul(d1, c1));
    Value d2 = g.op("Reciprocal", guarded(g, g.add(one, g.mul(odd, d1))));
    Value c2 = guarded(g, g.add(one, g.div(odd, c1)));
    Value change = g.mul(d2, c2);
    Value open =
        g.op(
            "Greater",
            g.op("Abs", g.sub(change, one)),
            g.scalarLike(x, IncompleteGamma.epsilon(x)));
    return new Iteration.Next(List.of(c2, d2, g.mul(h1, change), g.add(m, one)), open);
  }

  /** Never 0, so that it can divide. */
  private static Value guarded(OnnxBuilder g, Value v) {
    Value tiny = g.scalarLike(v, 1e-30);
    return g.where(g.op("Less", g.op("Abs", v), tiny), tiny, v);
  }
}
