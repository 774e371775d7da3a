// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import org.tf2trt.ir.Dim;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/** What a transpose of a tensor costs. */
final class Weights {
  private static final long OPEN_DIM = 64;
  private static final long LIMIT = 1L << 40;

  private Weights() {}

  /**
   * The bytes it moves, plus one so that of equal costs fewer transposes win. Open batch dims count
   * as 1, other open dims as {@value #OPEN_DIM}. When at most one extent besides the batch is not
   * 1, nothing moves.
   */
  static long of(Value value) {
    // A pair of QuantizeLinear and DequantizeLinear is one rounding: it is not taken apart, though
    // what lies between takes the fewest bytes.
    return value.producer("onnx.QuantizeLinear").isPresent() ? LIMIT : of(value.type());
  }

  static long of(TensorType type) {
    if (!type.shape().isRanked()) {
      return LIMIT;
    }
    long bytes = Math.max(1, type.dtype().bytes());
    int wide = 0;
    for (int i = 0; i < type.shape().rank(); i++) {
      Dim d = type.shape().dim(i);
      long extent = d.isKnown() ? Math.max(1, d.size()) : i == 0 ? 1 : OPEN_DIM;
      wide += i > 0 && !d.is(1) ? 1 : 0;
      bytes = Math.min(LIMIT, bytes * Math.min(LIMIT / bytes + 1, extent));
    }
    return wide <= 1 ? 1 : 1 + bytes;
  }
}
