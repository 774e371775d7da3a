// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Gradients of average pools (avgpooling_op.cc): the gradient of a window is shared evenly by its
 * elements inside of the image, and an element gets the sum over its windows, which a transposed
 * convolution with ones adds up.
 */
final class AveragePoolGradient {
  private final TfNode node;
  private final OnnxBuilder build;
  private final Layout layout;
  private final Window window;

  private AveragePoolGradient(TfNode node, OnnxBuilder build, int rank) {
    this.node = node;
    this.build = build;
    this.layout = Layout.of(node, rank);
    this.window =
        PoolLowerings.window(node, layout, node.integers("ksize"), node.integers("strides"));
  }

  static void addTo(LoweringTable table) {
    table.one("AvgPoolGrad", (n, b) -> new AveragePoolGradient(n, b, 4).lower());
    table.one("AvgPool3DGrad", (n, b) -> new AveragePoolGradient(n, b, 5).lower());
  }

  private Value lower() {
    Value shape = channelsFirst(build.cast(node.input(0), DType.I64));
    Value grad = layout.enter(build, Floats.compute(build, node.input(1, layout.rank())));
    Value shares = build.div(grad, counts(shape, grad.dtype()));
    int n = window.rank();
    Extents each = new Extents(build).add(Dim.UNKNOWN, Extents.INFER).add(1);
    for (int i = 0; i < n; i++) {
      each.add(shares, i + 2);
    }
    Value images = build.reshape(shares, each.vector());
    Value ones = build.cast(ones(), grad.dtype());
    Deconv deconv = new Deconv(build, window, images, ones, 1);
    Value sum =
        deconv
            .exact(new Layout(n + 2, false).spatialDims(images), extents(shape))
            .orElseGet(
                () -> deconv.cropped(SliceLowerings.slice(build, shape, 0, 2, Long.MAX_VALUE)));
    Value y = build.reshape(sum, shape);
    return build.cast(layout.leave(build, y), node.outputType(0));
  }

  /** The shape of the input of the pool. */
  private Value channelsFirst(Value shape) {
    if (!layout.channelsLast()) {
      return shape;
    }
    long[] order = new long[layout.rank()];
    Arrays.setAll(order, i -> i < 2 ? i * (layout.rank() - 1L) : i - 1L);
    return GatherLowerings.gather(build, shape, build.ints(order), 0);
  }

  private List<Dim> extents(Value shape) {
    int n = window.rank();
    return build
        .values(shape)
        .map(dims -> dims.subList(2, n + 2))
        .orElseGet(() -> Collections.nCopies(n, Dim.UNKNOWN));
  }

  /** How many elements of each window lie inside of the image, [1, 1, windows...]. */
  private Value counts(Value shape, DType dtype) {
    int n = window.rank();
    long[] pads = window.pads(extents(shape));
    if (pads != null && Arrays.stream(pads).allMatch(p -> p == 0)) {
      long all = 1;
      for (int i = 0; i < n; i++) {
        all *= window.kernel(i);
      }
      return build.scalar(dtype, (double) all);
    }
    Value one = build.ints(1);
    Value spatial = SliceLowerings.slice(build, shape, 0, 2, Long.MAX_VALUE);
    Value inside = Filled.of(build, build.scalar(dtype, 1), build.concat(0, one, spatial, one));
    Value count = null;
    for (Value slice : Patches.of(node, build, window, inside, 0)) {
      count = count == null ? slice : build.add(count, slice);
    }
    return new Layout(n + 2, true).enter(build, count);
  }

  private Value ones() {
    List<Long> shape = new ArrayList<>(List.of(1L, 1L));
    for (int i = 0; i < window.rank(); i++) {
      shape.add(window.kernel(i));
    }
    long[] dims = shape.stream().mapToLong(Long::longValue).toArray();
    float[] ones = new float[Math.toIntExact(Arrays.stream(dims).reduce(1, (a, b) -> a * b))];
    Arrays.fill(ones, 1);
    return build.constant(TensorData.ofFloats(dims, ones));
  }
}
