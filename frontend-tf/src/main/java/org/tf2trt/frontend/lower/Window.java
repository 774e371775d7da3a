// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A window that slides over spatial axes, with TensorFlow's padding
 * (core/framework/common_shape_fns and util/padding): SAME pads so that the output has {@code
 * ceil(in / stride)} positions, the odd row at the end.
 */
final class Window {
  static final long UNKNOWN = -1;

  private final long[] kernel;
  private final long[] strides;
  private final long[] dilations;
  private final String padding;
  private final long[] explicit;

  /**
   * @param kernel extents, {@link #UNKNOWN} where they are not known
   * @param explicit for EXPLICIT padding, before and after each spatial axis in turn
   */
  private Window(long[] kernel, long[] strides, long[] dilations, String padding, long[] explicit) {
    this.kernel = kernel.clone();
    this.strides = strides.clone();
    this.dilations = dilations.clone();
    this.padding = padding;
    this.explicit = explicit.clone();
  }

  /** Padding is SAME or VALID. */
  Window(long[] kernel, long[] strides, long[] dilations, String padding) {
    this(kernel, strides, dilations, padding, new long[2 * kernel.length]);
  }

  /** Reads strides, dilations and padding of {@code node}. */
  static Window of(TfNode node, Layout layout, long[] kernel) {
    long[] strides = layout.spatial(node.integers("strides"));
    return of(node, layout, kernel, strides);
  }

  static Window of(TfNode node, Layout layout, long[] kernel, long[] strides) {
    long[] dilations = new long[kernel.length];
    Arrays.fill(dilations, 1);
    if (node.has("dilations") && node.integers("dilations").length > 0) {
      dilations = layout.spatial(node.integers("dilations"));
    }
    String padding = node.string("padding");
    long[] explicit = new long[2 * kernel.length];
    if (padding.equals("EXPLICIT")) {
      long[] all = node.integers("explicit_paddings");
      for (int i = 0; i < kernel.length; i++) {
        explicit[2 * i] = all[2 * layout.spatialAxis(i)];
        explicit[2 * i + 1] = all[2 * layout.spatialAxis(i) + 1];
      }
    }
    return new Window(kernel, strides, dilations, padding, explicit);
  }

  /** Number of spatial axes. */
  int rank() {
    return kernel.length;
  }

  /** False where the filter's extents are only known when the model runs. */
  boolean isKernelKnown() {
    return Arrays.stream(kernel).noneMatch(k -> k == UNKNOWN);
  }

  long kernel(int axis) {
    return kernel[axis];
  }

  long dilation(int axis) {
    return dilations[axis];
  }

  long stride(int axis) {
    return strides[axis];
  }

  /** True when windows cover the extents side by side. */
  boolean isTiling(List<Dim> spatial) {
    for (int i = 0; i < kernel.length; i++) {
      boolean divides = spatial.get(i).isKnown() && spatial.get(i).size() % kernel[i] == 0;
      if (!divides || strides[i] != kernel[i] || dilations[i] != 1) {
        return false;
      }
    }
    return true;
  }

  /** EXPLICIT padding in front of {@code axis}, else 0. */
  long explicitBefore(int axis) {
    return explicit[2 * axis];
  }

  boolean isSame() {
    return padding.equals("SAME");
  }

  /** Extent on {@code axis} with its dilation; {@link #UNKNOWN} when the kernel is. */
  long reach(int axis) {
    return kernel[axis] == UNKNOWN ? UNKNOWN : dilations[axis] * (kernel[axis] - 1) + 1;
  }

  /** Attributes of an ONNX Conv or pool over {@code spatial} extents. */
  Map<String, Attr> attrs(List<Dim> spatial) {
    Map<String, Attr> attrs = attrs();
    long[] pads = pads(spatial);
    if (pads == null) {
      attrs.put("auto_pad", Attr.of("SAME_UPPER"));
    } else if (Arrays.stream(pads).anyMatch(p -> p != 0)) {
      attrs.put("pads", Attr.ints(pads));
    }
    return attrs;
  }

  /** Attributes without padding. */
  Map<String, Attr> attrs() {
    Map<String, Attr> attrs = new LinkedHashMap<>();
    if (isKernelKnown()) {
      attrs.put("kernel_shape", Attr.ints(kernel));
    }
    putUnlessOnes(attrs, "strides", strides);
    putUnlessOnes(attrs, "dilations", dilations);
    return attrs;
  }

  /**
   * The image without the rows that no window reaches, where strides are longer than the window and
   * a runtime pads, because some extent is not known: it takes what is left over for negative
   * padding, and TensorFlow pads by {@code max(0, (ceil(in / stride) - 1) * stride + reach - in)}.
   */
  Value reached(OnnxBuilder build, Layout layout, Value x) {
    Value image = x;
    boolean runtimePads = pads(layout.spatialDims(x)) == null;
    for (int i = 0; i < kernel.length; i++) {
      if (runtimePads && reach(i) != UNKNOWN && strides[i] > reach(i)) {
        int axis = layout.spatialAxis(i);
        Value stride = build.ints(strides[i]);
        Value more = build.add(build.dim(x, axis), build.ints(strides[i] - 1));
        Value last = build.sub(build.mul(build.div(more, stride), stride), stride);
        Value end = build.add(last, build.ints(reach(i)));
        image = build.op("Slice", image, build.ints(0), end, build.ints(axis));
      }
    }
    return image;
  }

  /**
   * {@code y}, channels first, of an image of {@code spatial} extents that was cut to be reached.
   */
  Value placed(List<Dim> spatial, Value y) {
    List<Dim> dims = new ArrayList<>(y.shape().dims());
    for (int i = 0; i < kernel.length && isSame(); i++) {
      if (dims.get(i + 2).isUnknown()) {
        dims.set(i + 2, spatial.get(i).plus(strides[i] - 1).floorDiv(strides[i]));
      }
    }
    y.refine(Shape.of(dims));
    return y;
  }

  /** Positions of the window on {@code axis} over an extent of {@code in}. */
  long positions(int axis, long in) {
    if (isSame()) {
      return Math.floorDiv(in + strides[axis] - 1, strides[axis]);
    }
    long padded = in + explicit[2 * axis] + explicit[2 * axis + 1];
    return Math.floorDiv(padded - reach(axis), strides[axis]) + 1;
  }

  /** Begins, then ends, as ONNX has them; null when they depend on an extent that is not known. */
  long[] pads(List<Dim> spatial) {
    int n = kernel.length;
    long[] pads = new long[2 * n];
    for (int i = 0; i < n; i++) {
      if (isSame()) {
        long total = sameTotal(i, spatial.get(i));
        if (total == UNKNOWN) {
          return null;
        }
        pads[i] = total / 2;
        pads[n + i] = total - total / 2;
      } else {
        pads[i] = explicit[2 * i];
        pads[n + i] = explicit[2 * i + 1];
      }
    }
    return pads;
  }

  /** Without an extent the padding is known for stride 1 and for a kernel of one element. */
  private long sameTotal(int axis, Dim in) {
    if (kernel[axis] == UNKNOWN) {
      return UNKNOWN;
    }
    if (strides[axis] == 1 || kernel[axis] == 1) {
      return reach(axis) - 1;
    }
    if (!in.isKnown()) {
      return UNKNOWN;
    }
    long positions = positions(axis, in.size());
    return Math.max(0, (positions - 1) * strides[axis] + reach(axis) - in.size());
  }

  private static void putUnlessOnes(Map<String, Attr> attrs, String name, long[] values) {
    if (Arrays.stream(values).anyMatch(v -> v != 1)) {
      attrs.put(name, Attr.ints(values));
    }
  }
}
