// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.QuantizedConstants;

/** TensorRT quantises to i8 around zero; scales of an axis are for constants only. */
final class QuantizationLimits {
  private QuantizationLimits() {}

  static Optional<String> against(Node node) {
    if (node.is("onnx.QuantizeLinear") && node.result().dtype() != DType.I8) {
      return Optional.of(
          "it quantises to %s, TensorRT takes i8".formatted(node.result().dtype().text()));
    }
    Optional<TensorData> zero = node.optionalInput(2).flatMap(Value::constant);
    if (zero.isPresent() && Arrays.stream(zero.get().longs()).anyMatch(z -> z != 0)) {
      return Optional.of("its zero point is not 0");
    }
    Optional<TensorData> scale = node.input(1).constant();
    if (scale.isPresent() && !Arrays.stream(scale.get().doubles()).allMatch(s -> s > 0)) {
      return Optional.of("its scale is not positive");
    }
    if (node.intAttr("block_size", 0) != 0) {
      return Optional.of("it has a scale for each block");
    }
    boolean perAxis = scale.isPresent() && scale.get().elements() > 1;
    return perAxis && !QuantizedConstants.isConstant(node.input(0))
        ? Optional.of("it has a scale for each index of an axis, TensorRT takes them for constants")
        : Optional.empty();
  }
}
