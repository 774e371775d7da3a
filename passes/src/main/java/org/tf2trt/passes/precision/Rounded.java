// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.nio.ByteBuffer;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** Floats in another precision, computed when their bytes are read. */
public final class Rounded {
  private Rounded() {}

  /** The same values in the given float type, rounded to nearest even. */
  public static TensorData to(DType dtype, TensorData data) {
    return TensorData.lazy(
        dtype,
        data.shape(),
        () -> {
          ByteBuffer from = data.bytes();
          int count = Math.toIntExact(data.elements());
          ByteBuffer to = Elements.allocate(dtype, count);
          for (int i = 0; i < count; i++) {
            Elements.putDouble(dtype, to, i, Elements.getDouble(data.dtype(), from, i));
          }
          return to;
        });
  }
}
