// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** QuantizeLinear and DequantizeLinear: elementwise by one scale, or by the scales of an axis. */
final class Quantisations implements FlexibleOp {
  private final FlexibleOp perTensor = new Elementwise();
  private final FlexibleOp perAxis = new AxisOps(1, false);

  @Override
  public Optional<Carriers> carriers(Node node) {
    return node.input(1).shape().isRanked() && node.intAttr("block_size", 0) == 0
        ? form(node).carriers(node)
        : Optional.empty();
  }

  @Override
  public List<Value> flip(Node node, Flip flip, Function<Value, Value> flipped, OnnxBuilder build) {
    return form(node).flip(node, flip, flipped, build);
  }

  private FlexibleOp form(Node node) {
    return node.input(1).shape().hasRank(0) ? perTensor : perAxis;
  }
}
