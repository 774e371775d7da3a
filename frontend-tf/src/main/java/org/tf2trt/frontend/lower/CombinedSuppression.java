// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Suppression for each image and class, then the best over all classes of an image, padded to a
 * fixed number. Inputs: boxes [batch, n, classes or 1, 4], scores [batch, n, classes]. What
 * NonMaxSuppression selects becomes a mask on the scores, and TopK does the rest, so that every
 * shape but that of the selection is static.
 */
final class CombinedSuppression {
  private static final double NONE = -Float.MAX_VALUE;

  private final TfNode node;
  private final OnnxBuilder b;
  private final Value boxes;
  private final Value scores; // [batch, classes, n]
  private final boolean shared;

  private CombinedSuppression(TfNode node, OnnxBuilder b) {
    this.node = node;
    this.b = b;
    this.boxes = node.input(0, 4);
    this.scores = b.transpose(node.input(1, 3), 0, 2, 1);
    Dim perClass = boxes.shape().dim(2);
    if (!perClass.isKnown()) {
      throw node.refuse(
          "it is not known whether classes share their boxes",
          "give the input shapes with --shape");
    }
    this.shared = perClass.is(1);
  }

  static List<Value> lower(TfNode node, OnnxBuilder build) {
    return new CombinedSuppression(node, build).lower();
  }

  private List<Value> lower() {
    Value kept = flat(b.where(mask(), scores, number(NONE)), 1); // [batch, classes * n]
    Value most = most();
    Value candidates = b.dim(kept, 1);
    List<Value> top =
        b.ops("TopK", 2, Map.of("axis", Attr.of(1)), kept, b.op("Min", most, candidates));
    Value best = top.get(0);
    Value at = top.get(1);
    Value valid = b.op("Greater", best, number(NONE));
    Value count = b.dim(scores, 2);
    Value which = b.op("Mod", at, count);
    Value category = b.cast(b.div(at, count), DType.F32);
    Value missing = b.sub(most, b.op("Min", most, candidates));
    Value zero = number(0);
    Value corners = b.where(b.unsqueeze(valid, 2), clipped(corners(at, which)), zero);
    return List.of(
        padded(corners, missing, 3),
        padded(b.where(valid, best, zero), missing, 2),
        padded(b.where(valid, category, zero), missing, 2),
        b.reduce("ReduceSum", b.cast(valid, DType.I32), false, 1));
  }

  /** bool [batch, classes, n]: what survives in its class. */
  private Value mask() {
    Value shape = b.shapeOf(scores);
    Value perClass = b.reshape(b.cast(node.input(2), DType.I64), 1);
    Value overlap = b.reshape(node.input(4), 1);
    Value threshold = b.op("Max", b.reshape(node.input(5), 1), number(NONE));
    Value listed = shared ? b.squeeze(boxes, 2) : ownBoxes();
    Value rated = shared ? scores : b.unsqueeze(flat(scores, 2), 1);
    Value points = b.op("NonMaxSuppression", listed, rated, perClass, overlap, threshold);
    Value zeros = Filled.of(b, b.scalar(DType.I32, 0), b.shapeOf(rated));
    Value ones = Filled.of(b, b.scalar(DType.I32, 1), b.dim(points, 0));
    Value marked = b.op("ScatterND", zeros, points, ones);
    return b.cast(shared ? marked : b.reshape(marked, shape), DType.BOOL);
  }

  /** [batch * classes, n, 4], where each class has its own boxes. */
  private Value ownBoxes() {
    Value byClass = b.transpose(boxes, 0, 2, 1, 3);
    return b.reshape(byClass, new Extents(b).add(-1).add(byClass, 2).add(4).exact());
  }

  /** [.., n]: with two axes left the first takes the batch and the classes. */
  private Value flat(Value v, int axesJoinedAfter) {
    Extents target = new Extents(b);
    return axesJoinedAfter == 1
        ? b.reshape(v, target.add(v, 0).add(-1).exact())
        : b.reshape(v, target.add(-1).add(v, 2).exact());
  }

  /** i64 [1]: the number of rows of the outputs. */
  private Value most() {
    Value total = b.reshape(b.cast(node.input(3), DType.I64), 1);
    if (!node.flag("pad_per_class")) {
      return total;
    }
    Value perClass = b.reshape(b.cast(node.input(2), DType.I64), 1);
    return b.op("Min", total, b.mul(perClass, b.dim(scores, 1)));
  }

  /** [batch, k, 4]: by the position among all classes, or by that in the shared list. */
  private Value corners(Value at, Value which) {
    Value list = shared ? b.squeeze(boxes, 2) : perImage();
    Value points = b.unsqueeze(shared ? which : at, 2);
    return b.op("GatherND", Map.of("batch_dims", Attr.of(1L)), list, points);
  }

  private Value perImage() {
    Value byClass = b.transpose(boxes, 0, 2, 1, 3);
    return b.reshape(byClass, new Extents(b).add(byClass, 0).add(-1).add(4).exact());
  }

  private Value clipped(Value corners) {
    return node.flag("clip_boxes") ? b.op("Clip", corners, number(0), number(1)) : corners;
  }

  /** Rows of zeros on axis 1. */
  private Value padded(Value v, Value missing, int rank) {
    boolean none = b.values(missing).map(d -> d.get(0).is(0)).orElse(false);
    if (none) {
      return v;
    }
    Value before = b.ints(new long[rank + 1]);
    Value pads = b.concat(0, before, missing);
    Value all = rank == 3 ? b.concat(0, pads, b.ints(0)) : pads;
    return b.op("Pad", v, all, number(0));
  }

  private Value number(double value) {
    return b.scalar(DType.F32, value);
  }
}
