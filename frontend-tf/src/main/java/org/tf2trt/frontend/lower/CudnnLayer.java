// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * One layer of a stack as ONNX's op.
 *
 * @param lengths how many steps each sample takes, i32; empty when all take every step
 */
record CudnnLayer(
    CudnnCell cell, int directions, long units, Optional<Value> lengths, OnnxBuilder build) {
  /**
   * The outputs {@code [time, batch, directions * units]}, 0 behind the lengths, and the last
   * states {@code [directions, batch, units]}.
   *
   * @param x {@code [time, batch, inputs]}
   * @param weights W, R and B
   * @param first the first states; absent ones are 0
   */
  List<Value> of(Value x, List<Value> weights, List<Value> first) {
    List<Value> operands = new ArrayList<>();
    operands.add(x);
    operands.addAll(weights);
    operands.add(lengths.orElse(OnnxBuilder.absent()));
    operands.addAll(first);
    List<Value> made = build.ops(cell.onnx(), 1 + first.size(), attrs(), operands, List.of());
    List<Value> results = new ArrayList<>();
    results.add(sideBySide(made.get(0)));
    for (int s = 0; s < first.size(); s++) {
      results.add(last(made.get(1 + s), first.get(s)));
    }
    return results;
  }

  private Map<String, Attr> attrs() {
    Map<String, Attr> attrs = new TreeMap<>();
    List<Attr> activations = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      cell.activations().forEach(a -> activations.add(Attr.of(a)));
    }
    attrs.put("activations", new Attr.Many(activations));
    attrs.put("hidden_size", Attr.of(units));
    if (directions == 2) {
      attrs.put("direction", Attr.of("bidirectional"));
    }
    if (cell == CudnnCell.GRU) {
      attrs.put("linear_before_reset", Attr.of(1L));
    }
    return attrs;
  }

  /** From {@code [time, directions, batch, units]}. */
  private Value sideBySide(Value y) {
    return directions == 1
        ? build.squeeze(y, 1)
        : build.op("Reshape", build.transpose(y, 0, 2, 1, 3), build.ints(0, 0, directions * units));
  }

  /** A sample that takes no step keeps its first state, on which runtimes do not agree. */
  private Value last(Value made, Value first) {
    if (lengths.isEmpty() || !first.isPresent()) {
      return made;
    }
    Value any = build.op("Greater", lengths.get(), build.scalar(DType.I32, 0));
    return build.where(build.unsqueeze(any, 1), made, first);
  }
}
