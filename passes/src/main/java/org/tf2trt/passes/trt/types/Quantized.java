// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.QuantizedConstants;

/**
 * Pairs of QuantizeLinear and DequantizeLinear in the one form that TensorRT has: i8 around 0, by
 * one scale, or for constants by the scales of an axis.
 */
final class Quantized {
  private Quantized() {}

  /** Whether this node belongs to such a pair, or dequantises a constant. */
  static boolean isKept(Node n) {
    if (n.is("onnx.QuantizeLinear")) {
      return isSymmetric(n, n.result())
          && n.result().uses().stream().allMatch(Quantized::isDequantized);
    }
    if (!n.is("onnx.DequantizeLinear") || !isSymmetric(n, n.input(0))) {
      return false;
    }
    Value q = n.input(0);
    return q.constant().isPresent()
        || q.producer("onnx.QuantizeLinear").map(Quantized::isKept).orElse(false);
  }

  private static boolean isDequantized(Use use) {
    return use instanceof Use.Input in
        && in.index() == 0
        && in.node().is("onnx.DequantizeLinear")
        && isSymmetric(in.node(), in.node().input(0));
  }

  private static boolean isSymmetric(Node n, Value quantized) {
    Optional<Value> zero = n.optionalInput(2);
    Optional<TensorData> scale = n.input(1).constant();
    return quantized.dtype() == DType.I8
        && scale.isPresent()
        && (scale.get().elements() == 1 || QuantizedConstants.isConstant(n.input(0)))
        && zero.map(Quantized::isZero).orElse(true);
  }

  private static boolean isZero(Value v) {
    return v.constant().filter(c -> Arrays.stream(c.longs()).allMatch(z -> z == 0)).isPresent();
  }
}
