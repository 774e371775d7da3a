// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Arrays;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Extents;
import org.tf2trt.passes.facts.NonNegativeIntegers;
import org.tf2trt.passes.facts.ShapeOperands;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Remainders of integers from quotients. Those that round down are off in TensorRT 10.6, as if it
 * divided in floats: on an H200 by 91 for numbers of 2^30, and by 49,000 for those of 2^40.
 * Quotients are exact.
 */
public final class IntegerMod implements Rule {
  @Override
  public String algebra() {
    return "Mod(x: int, y) -> r = x - Div(x, y) * y; Where(r != 0 and (r < 0) != (y < 0), r + y, r)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Mod");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    Value y = node.input(1);
    if (x.dtype() != DType.I64 && x.dtype() != DType.I32) {
      return Outcome.decline("it is not of integers");
    }
    if (node.intAttr("fmod", 0) != 0) {
      return Outcome.decline("its sign is that of the dividend already");
    }
    if (Extents.decide(x) && !Constants.is(x)) {
      return Outcome.decline("it is of extents, which are small");
    }
    if (ShapeOperands.fedBy(node.result())) {
      return Outcome.decline("a shape is computed from it, on the host");
    }
    OnnxBuilder b = context.build();
    Value r = b.sub(x, b.mul(b.div(x, y), y));
    boolean positive = isPositive(y);
    if (positive && NonNegativeIntegers.holds(x)) {
      return Outcome.replace(r);
    }
    Value zero = b.scalarLike(r, 0);
    Value below = b.op("Less", r, zero);
    if (!positive) {
      Value differs = b.op("Xor", below, b.op("Less", y, zero));
      below = b.op("And", differs, b.op("Not", b.op("Equal", r, zero)));
    }
    return Outcome.replace(b.where(below, b.add(r, y), r));
  }

  private static boolean isPositive(Value y) {
    return Constants.longs(y).filter(all -> Arrays.stream(all).allMatch(v -> v > 0)).isPresent();
  }
}
