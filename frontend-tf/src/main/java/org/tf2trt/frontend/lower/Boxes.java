// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Overlap of boxes given by two opposite corners (y, x, y, x) in any order. */
final class Boxes {
  private final OnnxBuilder b;
  private final Value top;
  private final Value left;
  private final Value bottom;
  private final Value right;

  /** {@code boxes} is f32 [n, 4]. */
  Boxes(OnnxBuilder b, Value boxes) {
    this.b = b;
    Value firstY = corner(boxes, 0);
    Value firstX = corner(boxes, 1);
    Value secondY = corner(boxes, 2);
    Value secondX = corner(boxes, 3);
    this.top = b.op("Min", firstY, secondY);
    this.left = b.op("Min", firstX, secondX);
    this.bottom = b.op("Max", firstY, secondY);
    this.right = b.op("Max", firstX, secondX);
  }

  /** [n, 1]. */
  private Value corner(Value boxes, int i) {
    return SliceLowerings.slice(b, boxes, 1, i, i + 1L);
  }

  /** f32 [n, n]: intersection over union, 0 where a box has no area. */
  Value overlaps() {
    Value zero = b.scalar(DType.F32, 0);
    Value height = b.sub(b.op("Min", bottom, turned(bottom)), b.op("Max", top, turned(top)));
    Value width = b.sub(b.op("Min", right, turned(right)), b.op("Max", left, turned(left)));
    Value common = b.mul(b.op("Max", height, zero), b.op("Max", width, zero));
    Value area = b.mul(b.sub(bottom, top), b.sub(right, left));
    Value union = b.sub(b.add(area, turned(area)), common);
    Value hasArea = b.op("Greater", area, zero);
    Value both = b.op("And", hasArea, turned(hasArea));
    return b.where(both, b.div(common, union), zero);
  }

  private Value turned(Value column) {
    return b.transpose(column, 1, 0);
  }
}
