// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Max and average pools, as TensorFlow's maxpooling_op, avgpooling_op and pooling_ops_3d have it.
 */
final class PoolLowerings {
  private PoolLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("MaxPool", PoolLowerings::max);
    table.one("MaxPool3D", PoolLowerings::max);
    table.one("MaxPoolV2", PoolLowerings::maxV2);
    table.one("AvgPool", PoolLowerings::average);
    table.one("AvgPool3D", PoolLowerings::average);
    table.add("MaxPoolWithArgmax", PoolLowerings::maxWithArgmax);
  }

  static Value max(TfNode node, OnnxBuilder build) {
    return max(node, build, node.integers("ksize"), node.integers("strides"));
  }

  private static Value maxV2(TfNode node, OnnxBuilder build) {
    return max(node, build, node.constantIntegers(1), node.constantIntegers(2));
  }

  private static Value max(TfNode node, OnnxBuilder build, long[] ksize, long[] strides) {
    Layout layout = Layout.of(node, ksize.length);
    if (ksize[layout.channelAxis()] != 1) {
      return overChannels(node, build, layout, ksize, strides);
    }
    Window window = window(node, layout, ksize, strides);
    Value x = comparable(node, build, layout);
    return build.cast(pooled("MaxPool", build, layout, window, x), node.outputType(0));
  }

  private static Value pooled(String op, OnnxBuilder build, Layout layout, Window window, Value x) {
    List<Dim> spatial = layout.spatialDims(x);
    Value image = layout.enter(build, window.reached(build, layout, x));
    return layout.leave(build, window.placed(spatial, build.op(op, window.attrs(spatial), image)));
  }

  /** The kernel wants a 1x1 window then, with a stride of the window's extent. */
  private static Value overChannels(
      TfNode node, OnnxBuilder build, Layout layout, long[] ksize, long[] strides) {
    int axis = layout.channelAxis();
    long k = ksize[axis];
    boolean only = java.util.Arrays.stream(ksize).reduce(1, (a, b) -> a * b) == k;
    if (!only || strides[axis] != k || !layout.channelsLast()) {
      throw node.refuse("the window spans both pixels and channels", "pool one after the other");
    }
    Value x = node.input(0);
    Extents target = new Extents(build);
    for (int i = 0; i < axis; i++) {
      target.add(x, i);
    }
    target.addQuotient(x, axis, k).add(k);
    return build.reduce("ReduceMax", build.reshape(x, target.vector()), false, axis + 1);
  }

  static Value average(TfNode node, OnnxBuilder build) {
    long[] ksize = node.integers("ksize");
    Layout layout = Layout.of(node, ksize.length);
    Window window = window(node, layout, ksize, node.integers("strides"));
    Value x = Floats.compute(build, node.input(0, layout.rank()));
    // Padding does not count, here as there.
    return build.cast(pooled("AveragePool", build, layout, window, x), node.outputType(0));
  }

  static Window window(TfNode node, Layout layout, long[] ksize, long[] strides) {
    if (!layout.isSpatialOnly(ksize) || !layout.isSpatialOnly(strides)) {
      throw node.refuse(
          "the window spans batch or channels", "TensorFlow itself refuses this for most kernels");
    }
    return Window.of(node, layout, layout.spatial(ksize), layout.spatial(strides));
  }

  /** The input in a type that pools exist for and that holds every value. */
  private static Value comparable(TfNode node, OnnxBuilder build, Layout layout) {
    Value x = node.input(0, layout.rank());
    return switch (x.dtype()) {
      case I8, U8, I16, U16 -> build.cast(x, DType.F32);
      case I32 -> build.cast(x, DType.F64);
      case I64 ->
          throw node.refuse("no runtime pools 64-bit integers", "cast the input to float32");
      case F64 -> x;
      default -> Floats.compute(build, x);
    };
  }

  /**
   * ONNX counts positions in NCHW over all images, TensorFlow in NHWC, and within one image unless
   * {@code include_batch_in_index}.
   */
  private static List<Value> maxWithArgmax(TfNode node, OnnxBuilder build) {
    if (!node.isUsed(1)) {
      return List.of(
          max(node, build, node.integers("ksize"), node.integers("strides")), OnnxBuilder.absent());
    }
    long[] ksize = node.integers("ksize");
    Layout layout = new Layout(4, true);
    Window window = window(node, layout, ksize, node.integers("strides"));
    Value x = comparable(node, build, layout);
    Value reached = window.reached(build, layout, x);
    List<Value> both =
        build.ops("MaxPool", 2, window.attrs(layout.spatialDims(x)), layout.enter(build, reached));
    Value argmax = layout.leave(build, positions(node, build, x, reached, both.get(1)));
    return List.of(
        build.cast(layout.leave(build, both.get(0)), node.outputType(0)),
        build.cast(argmax, node.outputType(1)));
  }

  /**
   * {@code ((n * C + c) * H + y) * W + x} as {@code ((n * H + y) * W + x) * C + c}.
   *
   * @param reached the part of {@code x} that the indices are in
   */
  private static Value positions(
      TfNode node, OnnxBuilder build, Value x, Value reached, Value indices) {
    Value channels = build.dim(x, 3);
    Value pixels = build.mul(build.dim(reached, 1), build.dim(reached, 2));
    Value pixel = build.op("Mod", indices, pixels);
    Value channel = build.op("Mod", build.div(indices, pixels), channels);
    if (reached != x) {
      Value width = build.dim(reached, 2);
      Value row = build.mul(build.div(pixel, width), build.dim(x, 2));
      pixel = build.add(row, build.op("Mod", pixel, width));
    }
    Value inImage = build.add(build.mul(pixel, channels), channel);
    if (!node.flag("include_batch_in_index")) {
      return inImage;
    }
    Value image = build.div(indices, build.mul(pixels, channels));
    Value perImage = build.mul(build.mul(build.dim(x, 1), build.dim(x, 2)), channels);
    return build.add(build.mul(image, perImage), inImage);
  }
}
