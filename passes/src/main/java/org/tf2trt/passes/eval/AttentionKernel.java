// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/**
 * Attention without a cache: softmax(q * k' * scale + mask) * v, for heads in the second axis or
 * side by side in the last one.
 */
final class AttentionKernel {
  private final KernelCall c;
  private final Part q;
  private final Part k;
  private final Part v;

  /** A tensor seen as [batch, heads, length, size]. */
  private record Part(TensorData data, long heads, long length, long size, boolean packed) {
    double get(ByteBuffer bytes, long batch, long head, long row, long column) {
      long at =
          packed
              ? ((batch * length + row) * heads + head) * size + column
              : ((batch * heads + head) * length + row) * size + column;
      return Elements.getDouble(data.dtype(), bytes, Math.toIntExact(at));
    }
  }

  private AttentionKernel(KernelCall c) {
    this.c = c;
    this.q = part(0, "q_num_heads");
    this.k = part(1, "kv_num_heads");
    this.v = part(2, "kv_num_heads");
    boolean plain = q.heads == k.heads && k.heads == v.heads && q.size == k.size;
    boolean more = c.opt(4).isPresent() || c.flag("is_causal", false) || c.hasAttr("softcap");
    if (!plain || more || k.length != v.length) {
      throw new BadCall("this form of Attention is not evaluated");
    }
  }

  static void addTo(Map<String, Kernel> table) {
    table.put("onnx.Attention", c -> new AttentionKernel(c).run());
  }

  private Part part(int input, String headsAttr) {
    TensorData t = c.in(input);
    if (t.rank() == 4) {
      return new Part(t, t.shape()[1], t.shape()[2], t.shape()[3], false);
    }
    if (t.rank() != 3) {
      throw new BadCall("expected rank 3 or 4, got " + t.type());
    }
    long heads = c.intAttr(headsAttr, 0);
    if (heads <= 0 || t.shape()[2] % heads != 0) {
      throw new BadCall(headsAttr + " is " + heads + " for " + t.type());
    }
    return new Part(t, heads, t.shape()[1], t.shape()[2] / heads, true);
  }

  private List<TensorData> run() {
    long batch = q.data.shape()[0];
    long[] shape =
        q.packed
            ? new long[] {batch, q.length, q.heads * v.size}
            : new long[] {batch, q.heads, q.length, v.size};
    Part y = new Part(q.data, q.heads, q.length, v.size, q.packed);
    return List.of(
        Results.of(
            q.data.dtype(),
            shape,
            out -> {
              for (long b = 0; b < batch; b++) {
                for (long h = 0; h < q.heads; h++) {
                  for (long row = 0; row < q.length; row++) {
                    row(out, y, b, h, row);
                  }
                }
              }
            }));
  }

  private void row(ByteBuffer out, Part y, long batch, long head, long row) {
    double scale = c.realAttr("scale", 1 / Math.sqrt((double) q.size));
    ByteBuffer queries = q.data.bytes();
    ByteBuffer keys = k.data.bytes();
    ByteBuffer values = v.data.bytes();
    Optional<TensorData> mask = c.opt(3);
    double[] weights = new double[Math.toIntExact(k.length)];
    for (int i = 0; i < weights.length; i++) {
      double score = 0;
      for (long d = 0; d < q.size; d++) {
        score += q.get(queries, batch, head, row, d) * k.get(keys, batch, head, i, d);
      }
      int at = i;
      weights[i] = score * scale + mask.map(m -> added(m, batch, head, row, at)).orElse(0.0);
    }
    SoftmaxKernels.softmax(weights, false);
    for (long d = 0; d < v.size; d++) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * v.get(values, batch, head, i, d);
      }
      long at =
          y.packed
              ? ((batch * y.length + row) * y.heads + head) * y.size + d
              : ((batch * y.heads + head) * y.length + row) * y.size + d;
      Elements.putDouble(q.data.dtype(), out, Math.toIntExact(at), sum);
    }
  }

  /** What the mask, which is broadcast, adds to a score. */
  private static double added(TensorData mask, long... at) {
    long index = 0;
    for (int axis = 0; axis < mask.rank(); axis++) {
      long own = at[at.length - mask.rank() + axis];
      index = index * mask.shape()[axis] + (mask.shape()[axis] == 1 ? 0 : own);
    }
    double m = Elements.getDouble(mask.dtype(), mask.bytes(), Math.toIntExact(index));
    return mask.dtype() != DType.BOOL ? m : m != 0 ? 0 : Double.NEGATIVE_INFINITY;
  }
}
