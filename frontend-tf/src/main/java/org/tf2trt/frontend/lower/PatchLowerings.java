// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Ops over all positions of a window, written as one strided slice for each element of the window:
 * patches (extract_image_patches_op, extract_volume_patches_op) and greyscale dilation
 * (dilation_ops). Channels are last.
 */
final class PatchLowerings {
  private PatchLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("ExtractImagePatches", (n, b) -> patches(n, b, n.integers("rates")));
    table.one("ExtractVolumePatches", (n, b) -> patches(n, b, new long[] {1, 1, 1, 1, 1}));
    table.one("Dilation2D", PatchLowerings::dilation);
  }

  private static Value patches(TfNode node, OnnxBuilder build, long[] rates) {
    long[] ksizes = node.integers("ksizes");
    Layout layout = new Layout(ksizes.length, true);
    Window window =
        new Window(
            layout.spatial(ksizes),
            layout.spatial(node.integers("strides")),
            layout.spatial(rates),
            node.string("padding"));
    Value x = node.input(0);
    if (window.isTiling(layout.spatialDims(x))) {
      return tiles(build, layout, window, x);
    }
    List<Value> slices = Patches.of(node, build, window, x, 0);
    return build.concat(ksizes.length - 1, slices.toArray(Value[]::new));
  }

  /** Patches that touch but do not overlap are a Reshape and a Transpose. */
  private static Value tiles(OnnxBuilder build, Layout layout, Window window, Value x) {
    int n = window.rank();
    Extents split = new Extents(build).add(x, 0);
    Extents target = new Extents(build).add(x, 0);
    int[] perm = new int[2 * n + 2];
    long elements = 1;
    for (int i = 0; i < n; i++) {
      long k = window.kernel(i);
      split.addQuotient(x, i + 1, k).add(k);
      target.addQuotient(x, i + 1, k);
      perm[i + 1] = 2 * i + 1;
      perm[n + i + 1] = 2 * i + 2;
      elements *= k;
    }
    perm[2 * n + 1] = 2 * n + 1;
    Value blocks = build.reshape(x, split.add(x, n + 1).vector());
    target.addTimes(x, layout.channelAxis(), elements);
    return build.reshape(build.transpose(blocks, perm), target.vector());
  }

  /** {@code max over the window of (input + filter)}; what lies outside never wins. */
  private static Value dilation(TfNode node, OnnxBuilder build) {
    Layout layout = new Layout(4, true);
    Value x = Floats.compute(build, node.input(0));
    Value filter = Floats.compute(build, node.input(1));
    if (!x.dtype().isFloat()) {
      throw node.refuse("dilation of integers", "cast the input to float32");
    }
    Window window =
        new Window(
            Filters.kernel(filter, 4),
            layout.spatial(node.integers("strides")),
            layout.spatial(node.integers("rates")),
            node.string("padding"));
    List<Value> sums = new ArrayList<>();
    Value rows = build.reshape(filter, -1, 1, 1, 1, Filters.dim(filter, 2).size());
    List<Value> slices = Patches.of(node, build, window, x, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < slices.size(); i++) {
      Value row = build.op("Gather", Map.of("axis", Attr.of(0L)), rows, build.scalar(DType.I64, i));
      sums.add(build.add(slices.get(i), row));
    }
    return build.cast(build.op("Max", sums.toArray(Value[]::new)), node.outputType(0));
  }
}
