// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Convolutions, as TensorFlow's conv_ops and depthwise_conv_op define them. */
final class ConvLowerings {
  private ConvLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Conv2D", ConvLowerings::conv);
    table.one("Conv3D", ConvLowerings::conv);
    table.one("DepthwiseConv2dNative", ConvLowerings::depthwise);
    table.one("Conv", ConvLowerings::unified);
    table.one("FusedPadConv2D", (node, build) -> padded(node, build, node.input(0, 4), 1));
    table.one("FusedResizeAndPadConv2D", ConvLowerings::resizedAndPadded);
  }

  static Value conv(TfNode node, OnnxBuilder build) {
    Layout layout = Layout.of(node, node.integers("strides").length);
    return conv(node, build, layout, node.input(0, layout.rank()), 1);
  }

  /**
   * The input's channels are a multiple of the filter's: the quotient is the number of groups.
   * Taken as one group where either is not known; a model of more groups then fails to load.
   */
  private static Value conv(
      TfNode node, OnnxBuilder build, Layout layout, Value image, int filterInput) {
    int rank = layout.rank();
    Value filter = Floats.compute(build, node.input(filterInput, rank));
    Value x = Floats.compute(build, image);
    Dim perGroup = Filters.dim(filter, rank - 2);
    Dim channels = layout.channels(x);
    long groups =
        perGroup.isKnown() && channels.isKnown() && perGroup.size() > 0
            ? channels.size() / perGroup.size()
            : 1;
    Value weights = Filters.outInSpatial(build, filter, rank);
    Window window = Window.of(node, layout, Filters.kernel(filter, rank));
    Value y = convolve(build, layout, window, x, weights, groups);
    return build.cast(y, node.outputType(0));
  }

  static Value depthwise(TfNode node, OnnxBuilder build) {
    Layout layout = Layout.of(node, 4);
    Value x = Floats.compute(build, node.input(0, 4));
    Value filter = Floats.compute(build, node.input(1, 4));
    Window window = Window.of(node, layout, Filters.kernel(filter, 4));
    long groups = depthwiseChannels(node, layout.channels(x), Filters.dim(filter, 2));
    Value weights = Filters.depthwise(build, filter);
    return build.cast(convolve(build, layout, window, x, weights, groups), node.outputType(0));
  }

  /** The channels that either operand tells. */
  static long depthwiseChannels(TfNode node, Dim image, Dim filter) {
    if (!image.isKnown() && !filter.isKnown()) {
      throw node.refuse(
          "neither the image's nor the filter's channels are known", "give shapes with --shape");
    }
    return (filter.isKnown() ? filter : image).size();
  }

  private static Value convolve(
      OnnxBuilder build, Layout layout, Window window, Value x, Value weights, long groups) {
    List<Dim> spatial = layout.spatialDims(x);
    Map<String, Attr> attrs = window.attrs(spatial);
    if (groups != 1) {
      attrs.put("group", Attr.of(groups));
    }
    Value image = layout.enter(build, window.reached(build, layout, x));
    return layout.leave(build, window.placed(spatial, build.op("Conv", attrs, image, weights)));
  }

  /** tf.raw_ops.Conv: any number of batch axes in front, which are merged around the op. */
  private static Value unified(TfNode node, OnnxBuilder build) {
    int batch = (int) node.integer("batch_dims");
    int rank = node.integers("strides").length;
    Layout layout = Layout.of(node, rank);
    Value x = node.input(0);
    if (batch == 1) {
      return conv(node, build, layout, x, 1);
    }
    int inputRank = node.rank(0);
    Extents merged = new Extents(build).add(Dim.UNKNOWN, Extents.INFER);
    for (int i = batch; i < inputRank; i++) {
      merged.add(x, i);
    }
    Value y = conv(node, build, layout, build.reshape(x, merged.vector()), 1);
    Extents split = new Extents(build);
    for (int i = 0; i < batch; i++) {
      split.add(x, i);
    }
    for (int i = 1; i < rank; i++) {
      split.add(y, i);
    }
    return build.reshape(y, split.vector());
  }

  private static Value padded(TfNode node, OnnxBuilder build, Value image, int paddings) {
    long[] pairs = node.constantIntegers(paddings);
    Value x = Floats.compute(build, image);
    Value mirrored =
        node.string("mode").equals("REFLECT")
            ? PadLowerings.reflected(build, x, pairs)
            : PadLowerings.symmetric(build, x, pairs);
    return conv(node, build, new Layout(4, true), mirrored, paddings + 1);
  }

  private static Value resizedAndPadded(TfNode node, OnnxBuilder build) {
    Sampling sampling = new Sampling(node.flag("resize_align_corners"), false);
    Value resized = ResizeLowerings.bilinear(node, build, sampling);
    return padded(node, build, build.cast(resized, node.input(0).dtype()), 2);
  }
}
