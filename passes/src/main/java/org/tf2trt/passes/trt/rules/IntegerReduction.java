// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Extents;
import org.tf2trt.passes.facts.ShapeOperands;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Reductions of 32-bit integers in 64 bits: TensorRT 10.6 computes them in floats, which hold
 * integers of up to 2^24. On an H200 the largest of numbers of 2^30 was off by 11, while reductions
 * in 64 bits were exact.
 */
public final class IntegerReduction implements Rule {
  /** A float holds all integers below. */
  private static final long EXACT = 1 << 24;

  @Override
  public String algebra() {
    return "Reduce(x: i32) -> Cast<i32>(Reduce(Cast<i64>(x)))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.ReduceSum", "onnx.ReduceProd", "onnx.ReduceMax", "onnx.ReduceMin");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (x.dtype() != DType.I32) {
      return Outcome.decline("it is not of 32-bit integers");
    }
    if (staysSmall(node)) {
      return Outcome.decline("no number in it is large");
    }
    if (Extents.decide(x) || ShapeOperands.fedBy(node.result())) {
      return Outcome.decline("it is of a shape, and computed on the host");
    }
    OnnxBuilder b = context.build();
    Value wide = b.cast(x, DType.I64);
    String op = node.op().substring("onnx.".length());
    Value reduced =
        node.inputs().size() > 1
            ? b.op(op, node.attrs(), wide, node.input(1))
            : b.op(op, node.attrs(), wide);
    return Outcome.replace(b.cast(reduced, DType.I32));
  }

  /** Truth values, bytes and shorts are; so is a count of few truth values. */
  private static boolean staysSmall(Node reduce) {
    Value x = reduce.input(0);
    DType from = x.producer("onnx.Cast").map(n -> n.input(0).dtype()).orElse(DType.I32);
    boolean extreme = reduce.is("onnx.ReduceMax") || reduce.is("onnx.ReduceMin");
    if (from == DType.BOOL) {
      return !reduce.is("onnx.ReduceSum") || isShort(x);
    }
    return extreme && from.isInteger() && from.bytes() < 4;
  }

  private static boolean isShort(Value x) {
    Dim elements = x.shape().isRanked() ? x.shape().elements() : Dim.UNKNOWN;
    return elements.isKnown() && elements.size() < EXACT;
  }
}
