// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;

/** The ops that are indifferent to layout, and how each is flipped. */
final class FlexibleOps {
  private static final int OPSET = 21;

  private static final Map<String, Optional<FlexibleOp>> TABLE = new ConcurrentHashMap<>();

  static {
    put("Concat", new AxisOps(0, true));
    put("Split", new AxisOps(0, false));
    put("ArgMax", new AxisOps(0, false));
    put("ArgMin", new AxisOps(0, false));
    for (String op : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      put(op, new AxisOps(-1, false));
    }
    put("Slice", new Slices());
    put("Pad", new Pads());
    put("Squeeze", new Ranks());
    put("Unsqueeze", new Ranks());
    put("Shape", new ShapeReads());
    put("MatMul", new Projections());
    put("QuantizeLinear", new Quantisations());
    put("DequantizeLinear", new Quantisations());
  }

  private FlexibleOps() {}

  private static Optional<FlexibleOp> byTrait(String op) {
    String name = op.substring(op.indexOf('.') + 1);
    if (name.startsWith("Reduce")) {
      return Optional.of(new Reductions());
    }
    return Schemas.onnx(name, OPSET)
        .filter(s -> s.has(Trait.ELEMENTWISE))
        .map(s -> new Elementwise());
  }

  private static void put(String op, FlexibleOp flexible) {
    TABLE.put("onnx." + op, Optional.of(flexible));
  }

  /** How to flip this node and what carries layout in it; empty when it is bound. */
  static Optional<FlexibleOp> get(Node node) {
    return TABLE
        .computeIfAbsent(node.op(), FlexibleOps::byTrait)
        .filter(f -> f.carriers(node).filter(c -> ranked(node, c)).isPresent());
  }

  private static boolean ranked(Node node, FlexibleOp.Carriers carriers) {
    return carriers.inputs().stream().allMatch(i -> node.input(i).shape().isRanked())
        && (!carriers.results() || node.results().stream().allMatch(r -> r.shape().isRanked()));
  }
}
