// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** Why a node that could be low has to stay float32, as far as the node alone tells. */
final class Numerics {
  /** Other inputs than those measured may give values this many times larger. */
  private static final double MARGIN = 4;

  /** Sums of more terms than this are long. */
  private static final long LONG_SUM = 1024;

  /**
   * Relative errors of what they read become absolute ones (exponents, phases), or errors add up
   * along an axis. Networks hardly spend time in them.
   */
  private static final Set<String> SENSITIVE =
      Set.of(
          "onnx.Cos",
          "onnx.Cosh",
          "onnx.CumSum",
          "onnx.Exp",
          "onnx.GroupNormalization",
          "onnx.InstanceNormalization",
          "onnx.LRN",
          "onnx.MeanVarianceNormalization",
          "onnx.Mod",
          "onnx.Pow",
          "onnx.Sin",
          "onnx.Sinh",
          "onnx.Tan");

  private static final Set<String> SUMS =
      Set.of(
          "onnx.ReduceL1",
          "onnx.ReduceL2",
          "onnx.ReduceLogSum",
          "onnx.ReduceLogSumExp",
          "onnx.ReduceProd",
          "onnx.ReduceSum",
          "onnx.ReduceSumSquare");

  private final Precision low;
  private final Ranges ranges;

  Numerics(Precision low, Ranges ranges) {
    this.low = low;
    this.ranges = ranges;
  }

  /** The reason to stay float32; empty when there is none. */
  Optional<String> objection(Node node, LowForm form) {
    if (SENSITIVE.contains(node.op())) {
      return Optional.of("numerically sensitive op");
    }
    if (SUMS.contains(node.op()) && isLong(node)) {
      return Optional.of("long sum");
    }
    for (int i : form.inputs()) {
      Value in = node.input(i);
      if (in.constant().isPresent()) {
        if (losesTooMuch(in.constant().get())) {
          return Optional.of("a constant is out of range");
        }
      } else if (exceeds(in)) {
        return Optional.of("values of up to " + (float) ranges.largest(in).getAsDouble());
      }
    }
    for (int i : form.results()) {
      if (exceeds(node.result(i))) {
        return Optional.of(
            "values of up to " + (float) ranges.largest(node.result(i)).getAsDouble());
      }
    }
    return Optional.empty();
  }

  private boolean exceeds(Value v) {
    OptionalDouble largest = ranges.largest(v);
    return largest.isPresent() && !(largest.getAsDouble() <= low.largest() / MARGIN);
  }

  /** How many elements make one of the result; unknown counts as many. */
  private static boolean isLong(Node node) {
    long in = elements(node.input(0));
    long out = elements(node.result(0));
    return in < 0 || out < 0 || in > LONG_SUM * Math.max(1, out);
  }

  /** Known up to the open batch dim, which both sides of a reduction mostly share; else -1. */
  private static long elements(Value v) {
    if (!v.shape().isRanked()) {
      return -1;
    }
    long count = 1;
    for (int i = 0; i < v.shape().rank(); i++) {
      Dim d = v.shape().dim(i);
      if (!d.isKnown() && i > 0) {
        return -1;
      }
      count *= d.isKnown() ? d.size() : 1;
    }
    return count;
  }

  /**
   * Values that become infinite, and a single one that becomes 0, as what keeps a divisor from
   * being 0 does. Weights of which many vanish are left to the measurement: it sees whether they
   * matter.
   */
  private boolean losesTooMuch(TensorData data) {
    if (data.isOpaque()) {
      return false;
    }
    float[] values = data.floats();
    for (float v : values) {
      boolean overflows = Math.abs(v) > low.largest() && Float.isFinite(v);
      if (overflows || v != 0 && values.length == 1 && Math.abs(v) < low.smallest()) {
        return true;
      }
    }
    return false;
  }
}
