// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** A window over an image whose channels are last, as one strided slice for each element of it. */
final class Patches {
  private Patches() {}

  /** The window's elements in C order, each over all positions; outside the image is fill. */
  static List<Value> of(TfNode node, OnnxBuilder build, Window window, Value x, double fill) {
    if (!window.isKernelKnown()) {
      throw node.refuse("the extents of the window are not known", "pin them with --shape");
    }
    return slices(build, window, padded(build, window, x, fill));
  }

  private static Value padded(OnnxBuilder build, Window window, Value x, double fill) {
    int n = window.rank();
    long[] pads = window.pads(new Layout(n + 2, true).spatialDims(x));
    if (pads != null && Arrays.stream(pads).allMatch(p -> p == 0)) {
      return x;
    }
    Value all;
    if (pads == null) {
      all = samePads(build, window, x);
    } else {
      long[] known = new long[2 * (n + 2)];
      System.arraycopy(pads, 0, known, 1, n);
      System.arraycopy(pads, n, known, n + 3, n);
      all = build.ints(known);
    }
    return fill == 0 ? build.op("Pad", x, all) : build.op("Pad", x, all, build.scalarLike(x, fill));
  }

  /** {@code total = max(0, (ceil(in / stride) - 1) * stride + reach - in)}, half of it in front. */
  private static Value samePads(OnnxBuilder build, Window window, Value x) {
    int n = window.rank();
    Value zero = build.ints(0);
    Value[] parts = new Value[2 * (n + 2)];
    Arrays.fill(parts, zero);
    for (int i = 0; i < n; i++) {
      Value in = build.dim(x, i + 1);
      long stride = window.stride(i);
      Value steps = build.div(build.add(in, build.ints(stride - 1)), build.ints(stride));
      Value last = build.mul(build.sub(steps, build.ints(1)), build.ints(stride));
      Value covered = build.add(last, build.ints(window.reach(i)));
      Value total = build.op("Max", build.sub(covered, in), zero);
      Value before = build.div(total, build.ints(2));
      parts[i + 1] = before;
      parts[n + i + 3] = build.sub(total, before);
    }
    return build.concat(0, parts);
  }

  private static List<Value> slices(OnnxBuilder build, Window window, Value x) {
    int n = window.rank();
    long[] axes = new long[n];
    long[] steps = new long[n];
    long count = 1;
    for (int i = 0; i < n; i++) {
      axes[i] = i + 1L;
      steps[i] = window.stride(i);
      count *= window.kernel(i);
    }
    List<Value> slices = new ArrayList<>();
    for (long element = 0; element < count; element++) {
      long[] starts = new long[n];
      long[] ends = new long[n];
      long rest = element;
      for (int i = n - 1; i >= 0; i--) {
        starts[i] = rest % window.kernel(i) * window.dilation(i);
        rest /= window.kernel(i);
        long behind = window.reach(i) - 1 - starts[i];
        ends[i] = behind == 0 ? Integer.MAX_VALUE : -behind;
      }
      slices.add(build.slice(x, starts, ends, axes, steps));
    }
    return slices;
  }
}
