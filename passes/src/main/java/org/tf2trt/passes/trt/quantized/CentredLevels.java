// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.nio.ByteBuffer;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The levels that a quantised constant has, counted from zero.
 *
 * @param dequantize of constants
 * @param low the lowest
 * @param high the highest
 */
record CentredLevels(Node dequantize, long low, long high) {
  static CentredLevels of(Node dequantize) {
    long[] low = {0};
    long[] high = {0};
    each(
        dequantize,
        (i, level) -> {
          low[0] = Math.min(low[0], level);
          high[0] = Math.max(high[0], level);
        });
    return new CentredLevels(dequantize, low[0], high[0]);
  }

  boolean fit() {
    return low >= Byte.MIN_VALUE && high <= Byte.MAX_VALUE;
  }

  boolean isCentred() {
    return dequantize.input(0).dtype() == DType.I8
        && CentreQuantization.allZero(CentreQuantization.zeros(dequantize));
  }

  /** The same numbers from i8 around zero. */
  Value rebuild(OnnxBuilder b) {
    TensorData q = dequantize.input(0).constant().orElseThrow();
    ByteBuffer bytes = Elements.allocate(DType.I8, q.elements());
    each(dequantize, (i, level) -> Elements.putLong(DType.I8, bytes, i, level));
    Value stored = b.constant(TensorData.of(DType.I8, q.shape(), bytes));
    return b.op("DequantizeLinear", dequantize.attrs(), stored, dequantize.input(1));
  }

  /** Hears of each element. */
  private interface Visitor {
    void level(int index, long level);
  }

  private static void each(Node dequantize, Visitor visitor) {
    TensorData q = dequantize.input(0).constant().orElseThrow();
    long[] zeros = CentreQuantization.zeros(dequantize);
    long[] shape = q.shape();
    int axis = (int) dequantize.intAttr("axis", 1);
    axis = axis < 0 ? axis + shape.length : axis;
    long inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    ByteBuffer bytes = q.bytes();
    for (int i = 0; i < q.elements(); i++) {
      long zero = zeros[zeros.length == 1 ? 0 : (int) (i / inner % zeros.length)];
      visitor.level(i, Elements.getLong(q.dtype(), bytes, i) - zero);
    }
  }
}
