// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.eval.Evaluator;

/** Constants that are stored quantised: weights behind a DequantizeLinear. */
public final class QuantizedConstants {
  private QuantizedConstants() {}

  /** The DequantizeLinear whose inputs are all constant. */
  public static Optional<Node> producer(Value v) {
    return v.producer("onnx.DequantizeLinear")
        .filter(n -> n.inputs().stream().allMatch(i -> !i.isPresent() || Constants.is(i)));
  }

  /** The floats of a constant, quantised or not; computed when they are read. */
  public static Optional<TensorData> floats(Value v) {
    return v.constant().or(() -> producer(v).flatMap(QuantizedConstants::floats));
  }

  /** What a DequantizeLinear of constants gives. */
  public static Optional<TensorData> floats(Node dequantize) {
    List<TensorData> inputs = new ArrayList<>();
    dequantize.inputs().forEach(i -> inputs.add(i.constant().orElse(null)));
    return Evaluator.run(dequantize, inputs).values().map(all -> all.get(0));
  }

  /** Whether a value is a constant, or what one is quantised to. */
  public static boolean isConstant(Value v) {
    return Constants.is(v)
        || v.producer("onnx.QuantizeLinear").filter(q -> isConstant(q.input(0))).isPresent();
  }

  /** Whether one scale holds for the whole tensor. */
  public static boolean isPerTensor(Node quantisation) {
    return quantisation.input(1).shape().hasRank(0);
  }
}
