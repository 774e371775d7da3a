// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A scatter with its indexed axes flattened into rows.
 *
 * @param hits bool {@code [rows, updates]}: whether an update is for a row
 * @param updates {@code [updates, row]}
 */
record FlatScatter(Value hits, Value updates) {
  /**
   * @param indices {@code [..., depth]}, negative ones count from the end
   * @param updates {@code [..., data.shape[depth:]]}
   */
  static FlatScatter of(OnnxBuilder b, Value data, Value indices, Value updates, int depth) {
    Value shape = b.shapeOf(data);
    Value rows = b.scalar(DType.I64, 1);
    Value flat = null;
    Value list = b.cast(b.reshape(indices, -1, depth), DType.I64);
    for (int k = depth - 1; k >= 0; k--) {
      Value extent = b.op("Gather", shape, b.scalar(DType.I64, k));
      Value i =
          b.op(
              "Gather",
              java.util.Map.of("axis", org.tf2trt.ir.Attr.of(1)),
              list,
              b.scalar(DType.I64, k));
      i = b.where(b.op("Less", i, b.scalar(DType.I64, 0)), b.add(i, extent), i);
      Value scaled = b.mul(i, rows);
      flat = flat == null ? scaled : b.add(flat, scaled);
      rows = b.mul(rows, extent);
    }
    Value hits = b.op("Equal", b.unsqueeze(Iota.upTo(b, rows), 1), b.unsqueeze(flat, 0));
    Value row = b.scalar(DType.I64, 1);
    for (int axis = depth; axis < data.shape().rank(); axis++) {
      row = b.mul(row, b.op("Gather", shape, b.scalar(DType.I64, axis)));
    }
    Value target = b.concat(0, b.dim(flat, 0), b.unsqueeze(row, 0));
    return new FlatScatter(hits, b.reshape(updates, target));
  }
}
