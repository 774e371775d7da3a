// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** QuantizeLinear and DequantizeLinear as arithmetic, for types and zero points TensorRT lacks. */
final class QuantizeArithmetic {
  private QuantizeArithmetic() {}

  /** {@code clip(round(x / scale) + zero)}. */
  static Value quantize(Node n, DType type, List<Value> in, OnnxBuilder b) {
    Value x = in.get(0);
    Value q = b.op("Round", b.div(x, along(n, x, in.get(1), b)));
    if (in.size() > 2 && in.get(2).isPresent()) {
      q = b.add(q, along(n, x, b.cast(in.get(2), x.dtype()), b));
    }
    int bits = 8 * type.bytes();
    double low = type.isUnsigned() ? 0 : -Math.pow(2, bits - 1.0);
    double high = (type.isUnsigned() ? Math.pow(2, bits) : Math.pow(2, bits - 1.0)) - 1;
    Value clipped = b.op("Clip", q, b.scalarLike(q, low), b.scalarLike(q, high));
    return b.cast(clipped, Carrier.of(type));
  }

  /** {@code (x - zero) * scale}. */
  static Value dequantize(Node n, List<Value> in, OnnxBuilder b) {
    Value x = in.get(0);
    if (in.size() > 2 && in.get(2).isPresent()) {
      x = b.sub(x, along(n, x, in.get(2), b));
    }
    return b.mul(b.cast(x, in.get(1).dtype()), along(n, x, in.get(1), b));
  }

  /** A scalar as it is, a vector shaped to be broadcast along the node's axis. */
  private static Value along(Node n, Value x, Value v, OnnxBuilder b) {
    if (!v.shape().hasRank(1) || v.shape().dim(0).is(1)) {
      return v.shape().hasRank(1) ? b.reshape(v) : v;
    }
    int rank = x.shape().rank();
    long axis = n.intAttr("axis", 1);
    long[] target = new long[(int) (rank - (axis < 0 ? axis + rank : axis))];
    Arrays.fill(target, 1);
    target[0] = -1;
    return b.reshape(v, target);
  }
}
