// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Powers of integers by squaring, bit by bit of the exponent; exact, and wraps as integers do. */
public final class IntegerPow implements Rule {
  @Override
  public String algebra() {
    return "Pow(x: int, y: int) -> product over k of Where(bit k of y, x^(2^k), 1)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Pow");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    Value y = node.input(1);
    if (!x.dtype().isInteger() || !y.dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    OnnxBuilder b = context.build();
    Optional<long[]> exponent = Constants.longs(y).filter(e -> e.length == 1);
    if (exponent.isPresent() && y.shape().rank() <= rank(x) && exponent.get()[0] >= 0) {
      return Outcome.replace(power(b, x, exponent.get()[0]));
    }
    return Outcome.replace(power(b, x, y));
  }

  private static int rank(Value v) {
    return v.shape().isRanked() ? v.shape().rank() : 0;
  }

  private static Value power(OnnxBuilder b, Value x, long exponent) {
    Value result = null;
    Value square = x;
    for (long e = exponent; e > 0; e >>= 1) {
      if ((e & 1) != 0) {
        result = result == null ? square : b.mul(result, square);
      }
      if (e > 1) {
        square = b.mul(square, square);
      }
    }
    return result != null ? result : b.add(b.mul(x, b.scalarLike(x, 0)), b.scalarLike(x, 1));
  }

  /** A negative exponent gives 0, and for bases of 1 and -1 their power. */
  private static Value power(OnnxBuilder b, Value x, Value y) {
    int bits = y.dtype() == DType.I64 ? 63 : 31;
    Value one = b.scalarLike(x, 1);
    Value rest = b.op("Abs", y); // so that the kind of remainder does not matter
    Value result = null;
    Value square = x;
    for (int k = 0; k < bits; k++) {
      Value odd =
          b.op(
              "Equal",
              b.op("Mod", Map.of("fmod", Attr.of(1)), rest, b.scalarLike(rest, 2)),
              b.scalarLike(rest, 1));
      Value factor = b.where(odd, square, one);
      result = result == null ? factor : b.mul(result, factor);
      rest = b.div(rest, b.scalarLike(rest, 2));
      square = b.mul(square, square);
    }
    Value unit = b.op("LessOrEqual", b.op("Abs", x), one);
    Value nonZero = b.op("Not", b.op("Equal", x, b.scalarLike(x, 0)));
    Value keeps = b.op("And", unit, nonZero);
    Value negative = b.op("Less", y, b.scalarLike(y, 0));
    Value vanishes = b.op("And", negative, b.op("Not", keeps));
    return b.where(vanishes, b.scalarLike(x, 0), result);
  }
}
