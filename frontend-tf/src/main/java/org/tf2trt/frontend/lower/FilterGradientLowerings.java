// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Gradients of convolutions with respect to their filter (conv_grad_filter_ops,
 * depthwise_conv_grad_op): for each element of the window, the input's channels at its positions
 * times the gradient's, summed over all positions, which is one product of matrices.
 */
final class FilterGradientLowerings {
  private FilterGradientLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Conv2DBackpropFilter", FilterGradientLowerings::full);
    table.one("Conv3DBackpropFilterV2", FilterGradientLowerings::full);
    table.one("DepthwiseConv2dNativeBackpropFilter", FilterGradientLowerings::depthwise);
  }

  private static Value full(TfNode node, OnnxBuilder build) {
    long[] sizes = node.constantIntegers(1);
    int n = sizes.length;
    Dim channels = Layout.of(node, n).channels(node.input(0));
    long perGroup = sizes[n - 2];
    boolean known = channels.isKnown() && perGroup > 0;
    long groups = known ? Math.max(1, channels.size() / perGroup) : 1;
    return gradient(node, build, sizes, groups, perGroup, sizes[n - 1] / groups);
  }

  private static Value depthwise(TfNode node, OnnxBuilder build) {
    long[] sizes = node.constantIntegers(1);
    return gradient(node, build, sizes, sizes[2], 1, sizes[3]);
  }

  /**
   * @param in input channels of a group
   * @param out output channels of a group
   */
  private static Value gradient(
      TfNode node, OnnxBuilder build, long[] sizes, long groups, long in, long out) {
    int rank = sizes.length;
    Layout layout = Layout.of(node, rank);
    Window window = Window.of(node, layout, Arrays.copyOf(sizes, rank - 2));
    Value x = channelsLast(build, layout, Floats.compute(build, node.input(0, rank)));
    Value dy = channelsLast(build, layout, Floats.compute(build, node.input(2, rank)));
    List<Value> slices = Patches.of(node, build, window, x, 0);
    Value patches = build.concat(rank - 1, slices.toArray(Value[]::new));
    Value sum = product(build, patches, dy, slices.size(), groups, in, out);
    return build.cast(build.reshape(sum, sizes), node.outputType(0));
  }

  /** {@code patches} holds window elements, groups and channels of a group in its last axis. */
  private static Value product(
      OnnxBuilder build, Value patches, Value dy, long elements, long groups, long in, long out) {
    if (groups == 1) {
      Value rows = build.reshape(patches, -1, elements * in);
      return build.op("MatMul", build.transpose(rows, 1, 0), build.reshape(dy, -1, out));
    }
    Value split = build.transpose(build.reshape(patches, -1, elements, groups, in), 2, 1, 3, 0);
    Value left = build.reshape(split, groups, elements * in, -1);
    Value right = build.transpose(build.reshape(dy, -1, groups, out), 1, 0, 2);
    return build.transpose(build.op("MatMul", left, right), 1, 0, 2);
  }

  private static Value channelsLast(OnnxBuilder build, Layout layout, Value v) {
    return layout.channelsLast() ? v : new Layout(layout.rank(), true).leave(build, v);
  }
}
