// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** The places of a pooling window over an input whose spatial extents are known. */
final class PoolPlaces {
  private final long[] kernel;
  private final long[] strides;
  private final long[] dilations;
  private final long[] begin;
  private final long[] in;
  private final long[] out;

  private PoolPlaces(
      long[] kernel, long[] strides, long[] dilations, long[] begin, long[] in, long[] out) {
    this.kernel = kernel;
    this.strides = strides;
    this.dilations = dilations;
    this.begin = begin;
    this.in = in;
    this.out = out;
  }

  static Optional<PoolPlaces> of(Node pool) {
    Shape from = pool.input(0).shape();
    Shape to = pool.result(0).shape();
    long[] kernel = pool.intsAttr("kernel_shape");
    int axes = kernel.length;
    if (!from.hasRank(axes + 2) || !to.hasRank(axes + 2)) {
      return Optional.empty();
    }
    long[] in = new long[axes];
    long[] out = new long[axes];
    for (int i = 0; i < axes; i++) {
      if (!from.dim(i + 2).isKnown() || !to.dim(i + 2).isKnown()) {
        return Optional.empty();
      }
      in[i] = from.dim(i + 2).size();
      out[i] = to.dim(i + 2).size();
    }
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] strides = pool.intsAttr("strides", ones);
    long[] dilations = pool.intsAttr("dilations", ones);
    long[] begin = Arrays.copyOf(pool.intsAttr("pads", new long[2 * axes]), axes);
    String auto = pool.stringAttr("auto_pad", "NOTSET");
    if (auto.startsWith("SAME")) {
      for (int i = 0; i < axes; i++) {
        long total =
            Math.max(0, (out[i] - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1 - in[i]);
        begin[i] = auto.equals("SAME_UPPER") ? total / 2 : (total + 1) / 2;
      }
    } else if (auto.equals("VALID")) {
      begin = new long[axes];
    }
    return Optional.of(new PoolPlaces(kernel, strides, dilations, begin, in, out));
  }

  int count() {
    return (int) Arrays.stream(kernel).reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
  }

  /** Elements of one channel of the input. */
  long plane() {
    return Arrays.stream(in).reduce(1, (a, b) -> a * b);
  }

  /** With the least value around, as far as the last window reaches. */
  Value pad(OnnxBuilder b, Value x) {
    int axes = in.length;
    long[] pads = new long[2 * (axes + 2)];
    for (int i = 0; i < axes; i++) {
      pads[i + 2] = begin[i];
      long reach = (out[i] - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1;
      int after = axes + 4 + i;
      pads[after] = Math.max(0, reach - in[i] - begin[i]);
    }
    return Arrays.stream(pads).allMatch(p -> p == 0)
        ? x
        : b.op("Pad", x, b.ints(pads), b.scalarLike(x, Double.NEGATIVE_INFINITY));
  }

  /** What the window's place {@code i} (row-major) sees at each of its positions. */
  Value slice(OnnxBuilder b, Value padded, int i) {
    int axes = in.length;
    long[] place = place(i);
    long[] starts = new long[axes];
    long[] ends = new long[axes];
    long[] which = new long[axes];
    for (int a = 0; a < axes; a++) {
      starts[a] = place[a] * dilations[a];
      ends[a] = starts[a] + (out[a] - 1) * strides[a] + 1;
      which[a] = a + 2L;
    }
    return b.slice(padded, starts, ends, which, strides);
  }

  /** The index in its channel of each element that place {@code i} sees, {@code [1,1,out...]}. */
  TensorData positions(int i) {
    long[] place = place(i);
    int count = (int) Arrays.stream(out).reduce(1, (a, b) -> a * b);
    long[] flat = new long[count];
    for (int n = 0; n < count; n++) {
      long rest = n;
      long position = 0;
      long step = 1;
      for (int a = in.length - 1; a >= 0; a--) {
        long at = rest % out[a] * strides[a] + place[a] * dilations[a] - begin[a];
        position += Math.min(Math.max(at, 0), in[a] - 1) * step;
        step *= in[a];
        rest /= out[a];
      }
      flat[n] = position;
    }
    long[] shape = new long[out.length + 2];
    Arrays.fill(shape, 1);
    System.arraycopy(out, 0, shape, 2, out.length);
    return TensorData.ofLongs(shape, flat);
  }

  private long[] place(int i) {
    long[] place = new long[kernel.length];
    long rest = i;
    for (int a = kernel.length - 1; a >= 0; a--) {
      place[a] = rest % kernel[a];
      rest /= kernel[a];
    }
    return place;
  }
}
