// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Non-maximum suppression (non_max_suppression_op.cc). A box goes when its overlap with a better
 * one exceeds the threshold, as in ONNX; with a sigma it loses score instead.
 */
final class SuppressionLowerings {
  private SuppressionLowerings() {}

  static void addTo(LoweringTable table) {
    table.one(
        "NonMaxSuppression",
        (node, b) -> index(node, b, b.scalar(DType.F32, node.number("iou_threshold")), lowest(b)));
    table.one("NonMaxSuppressionV2", (node, b) -> index(node, b, number(node, b, 3), lowest(b)));
    table.one(
        "NonMaxSuppressionV3", (node, b) -> index(node, b, number(node, b, 3), number(node, b, 4)));
    table.add("NonMaxSuppressionV4", SuppressionLowerings::counted);
    table.add("NonMaxSuppressionV5", SuppressionLowerings::scored);
    table.one("NonMaxSuppressionWithOverlaps", SuppressionLowerings::withOverlaps);
    table.add("CombinedNonMaxSuppression", CombinedSuppression::lower);
  }

  /** A score that every candidate passes; runtimes differ in what they do without one. */
  private static Value lowest(OnnxBuilder b) {
    return b.scalar(DType.F32, -Float.MAX_VALUE);
  }

  /** A scalar input as f32. */
  private static Value number(TfNode node, OnnxBuilder b, int input) {
    return b.cast(node.input(input), DType.F32);
  }

  /** i64 [k]: boxes that stay, best first. */
  private static Value select(TfNode node, OnnxBuilder b, Value overlap, Value score) {
    Value boxes = b.unsqueeze(b.cast(node.input(0, 2), DType.F32), 0);
    Value scores = b.unsqueeze(b.cast(node.input(1, 1), DType.F32), 0, 1);
    Value chosen =
        b.op(
            "NonMaxSuppression",
            boxes,
            scores,
            most(node, b),
            b.reshape(overlap, 1),
            b.reshape(finite(b, score), 1));
    return b.squeeze(SliceLowerings.slice(b, chosen, 1, 2, 3), 1);
  }

  /** Minus infinity is not a threshold that every runtime reads. */
  private static Value finite(OnnxBuilder b, Value score) {
    return b.op("Max", score, lowest(b));
  }

  private static Value most(TfNode node, OnnxBuilder b) {
    return b.reshape(b.cast(node.input(2), DType.I64), 1);
  }

  private static Value index(TfNode node, OnnxBuilder b, Value overlap, Value score) {
    return b.cast(select(node, b, overlap, score), node.outputType(0));
  }

  /** Outputs: indices, how many of them are valid. */
  private static List<Value> counted(TfNode node, OnnxBuilder b) {
    Value chosen = select(node, b, number(node, b, 3), number(node, b, 4));
    Value indices = b.cast(padded(node, b, chosen), node.outputType(0));
    return List.of(indices, count(node, b, chosen, 1));
  }

  /** Outputs: indices, scores, how many of them are valid. */
  private static List<Value> scored(TfNode node, OnnxBuilder b) {
    List<Value> chosen = new ArrayList<>();
    if (isHard(node)) {
      chosen.add(select(node, b, number(node, b, 3), number(node, b, 4)));
      chosen.add(GatherLowerings.gather(b, node.input(1), chosen.get(0), 0));
    } else {
      chosen.addAll(soft(node, b));
    }
    return List.of(
        b.cast(padded(node, b, chosen.get(0)), node.outputType(0)),
        b.cast(padded(node, b, chosen.get(1)), node.outputType(1)),
        count(node, b, chosen.get(0), 2));
  }

  private static boolean isHard(TfNode node) {
    return node.constant(5).map(t -> t.doubles()[0] == 0).orElse(false);
  }

  /**
   * Each pick multiplies the others' scores by exp(-overlap^2 / (2 sigma)); the overlap threshold
   * plays no part. A sigma that is only known at run time has to be positive.
   */
  private static List<Value> soft(TfNode node, OnnxBuilder b) {
    Value overlaps = new Boxes(b, b.cast(node.input(0, 2), DType.F32)).overlaps();
    Value scale = b.div(b.scalar(DType.F32, -0.5), number(node, b, 5));
    Value decay = b.op("Exp", b.mul(b.mul(overlaps, overlaps), scale));
    return greedy(node, b, number(node, b, 4))
        .run(scores(node, b), decay, (body, scores, row) -> body.mul(scores, row));
  }

  private static Value withOverlaps(TfNode node, OnnxBuilder b) {
    Value limit = number(node, b, 3);
    Value tooNear = b.op("Greater", b.cast(node.input(0, 2), DType.F32), limit);
    Value chosen =
        greedy(node, b, number(node, b, 4))
            .run(
                scores(node, b),
                tooNear,
                (body, scores, row) -> body.where(row, GreedySelection.lowest(body), scores))
            .get(0);
    return b.cast(chosen, node.outputType(0));
  }

  private static GreedySelection greedy(TfNode node, OnnxBuilder b, Value threshold) {
    return new GreedySelection(b, threshold, b.squeeze(most(node, b), 0));
  }

  private static Value scores(TfNode node, OnnxBuilder b) {
    return b.cast(node.input(1, 1), DType.F32);
  }

  private static Value padded(TfNode node, OnnxBuilder b, Value chosen) {
    if (!node.flag("pad_to_max_output_size")) {
      return chosen;
    }
    Value count = most(node, b);
    Value zeros = Filled.of(b, b.scalarLike(chosen, 0), count);
    return SliceLowerings.slice(b, b.concat(0, chosen, zeros), 0, b.ints(0), count);
  }

  private static Value count(TfNode node, OnnxBuilder b, Value chosen, int output) {
    return b.cast(b.squeeze(b.dim(chosen, 0), 0), node.outputType(output));
  }
}
