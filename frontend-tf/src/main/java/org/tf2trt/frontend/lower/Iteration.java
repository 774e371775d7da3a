// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** A loop over tensors of fixed types, for series that converge at different speeds. */
final class Iteration {
  private Iteration() {}

  /** The next state from the current one and from the number of the round, an i64 scalar. */
  @FunctionalInterface
  interface Step {
    Next of(OnnxBuilder b, Value round, List<Value> state);
  }

  /**
   * A state.
   *
   * @param state as many values as before, of the same types
   * @param goOn bool, of any shape: whether an element still changes
   */
  record Next(List<Value> state, Value goOn) {}

  /** Runs until no element changes, at most {@code rounds} times. */
  static List<Value> run(OnnxBuilder build, int rounds, List<Value> start, Step step) {
    Graph body = new Graph("iterate");
    Value round = body.addParam("round", org.tf2trt.ir.TensorType.of(DType.I64));
    body.addParam("go", org.tf2trt.ir.TensorType.of(DType.BOOL));
    List<Value> state = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      state.add(body.addParam("state" + i, start.get(i).type()));
    }
    OnnxBuilder b =
        new OnnxBuilder(body, null, build.provenance(), build.inference(), created -> {});
    Next next = step.of(b, round, state);
    Value changes = b.cast(next.goOn(), DType.I32);
    Value any = b.op("ReduceMax", Map.of("keepdims", org.tf2trt.ir.Attr.of(0L)), changes);
    body.addOutput("go_on", b.cast(any, DType.BOOL));
    for (int i = 0; i < start.size(); i++) {
      body.addOutput("next" + i, next.state().get(i));
    }
    List<Value> inputs = new ArrayList<>();
    inputs.add(build.scalar(DType.I64, rounds));
    inputs.add(build.scalar(DType.BOOL, 1));
    inputs.addAll(start);
    return build.ops("Loop", start.size(), Map.of(), inputs, List.of(body));
  }
}
