// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.stream.LongStream;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Index vectors and products of extents, constant where the extents are known. */
final class Iota {
  private Iota() {}

  /** {@code [0, 1, ..., n-1]} as i64 for the extent of an axis. */
  static Value of(OnnxBuilder b, Value v, int axis) {
    Dim d = v.shape().dim(axis);
    if (d.isKnown()) {
      return b.ints(LongStream.range(0, d.size()).toArray());
    }
    return upTo(b, b.squeeze(b.dim(v, axis), 0));
  }

  /** {@code [0, 1, ..., n-1]} for an i64 scalar. */
  static Value upTo(OnnxBuilder b, Value n) {
    return b.op("Range", b.scalar(n.dtype(), 0), n, b.scalar(n.dtype(), 1));
  }
}
