// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Picks the best score again and again; what is picked lowers the scores of the others. ONNX's own
 * NonMaxSuppression knows neither soft suppression nor given overlaps.
 *
 * @param threshold f32 scalar: only scores above it are picked
 * @param most i64 scalar: how many at most
 */
record GreedySelection(OnnxBuilder build, Value threshold, Value most) {

  /** What becomes of the scores [n] once the element with these numbers [n] is picked. */
  @FunctionalInterface
  interface Effect {
    Value of(OnnxBuilder b, Value scores, Value row);
  }

  /** i64 [k] indices and f32 [k] scores at the time, best first. */
  List<Value> run(Value scores, Value matrix, Effect effect) {
    Graph body = new Graph("suppress");
    body.addParam("iteration", TensorType.of(DType.I64));
    body.addParam("go", TensorType.of(DType.BOOL));
    Value left = body.addParam("scores", new TensorType(DType.F32, Shape.unknown(1)));
    OnnxBuilder b =
        new OnnxBuilder(body, null, build.provenance(), build.inference(), created -> {});
    Value best = b.op("ArgMax", Map.of("axis", Attr.of(0), "keepdims", Attr.of(0L)), left);
    Value score = GatherLowerings.gather(b, left, best, 0);
    Value row = GatherLowerings.gather(b, matrix, best, 0);
    Value all = Ranges.upTo(b, b.squeeze(b.dim(left, 0), 0));
    Value lowered = effect.of(b, left, row);
    Value rest = b.where(b.op("Equal", all, best), lowest(b), lowered);
    body.addOutput("go_on", isAnyAbove(b, rest));
    body.addOutput("rest", rest);
    body.addOutput("index", best);
    body.addOutput("score", score);
    List<Value> results =
        build.ops(
            "Loop", 3, Map.of(), List.of(most, isAnyAbove(build, scores), scores), List.of(body));
    return results.subList(1, 3);
  }

  static Value lowest(OnnxBuilder b) {
    return b.scalar(DType.F32, Double.NEGATIVE_INFINITY);
  }

  private Value isAnyAbove(OnnxBuilder b, Value scores) {
    Value best = b.reduce("ReduceMax", scores, false, 0);
    return b.op("Greater", best, threshold);
  }
}
