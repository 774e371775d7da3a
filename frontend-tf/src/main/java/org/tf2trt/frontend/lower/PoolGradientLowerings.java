// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Gradients of max pools (maxpooling_op.cc): the first maximum of each window gets the gradient of
 * the window, and an element gets the sum over its windows. ONNX scatters by index in ways that
 * TensorRT does not take, so that each element of the window becomes a channel, which is the
 * gradient where it is the maximum, and a transposed convolution puts the channels into place.
 */
final class PoolGradientLowerings {
  private static final Layout NHWC = new Layout(4, true);

  private PoolGradientLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("MaxPoolGrad", (n, b) -> max(n, b, n.integers("ksize"), n.integers("strides")));
    table.one("MaxPoolGradV2", (n, b) -> max(n, b, n.constantIntegers(3), n.constantIntegers(4)));
  }

  private static Value max(TfNode node, OnnxBuilder build, long[] ksize, long[] strides) {
    Layout layout = Layout.of(node, 4);
    Window window = PoolLowerings.window(node, layout, ksize, strides);
    Value x = Floats.compute(build, node.input(0, 4));
    if (!x.dtype().isFloat()) {
      throw node.refuse("a gradient of integers", "cast the inputs to float32");
    }
    Value image = layout.channelsLast() ? x : NHWC.leave(build, x);
    Value grad = layout.enter(build, Floats.compute(build, node.input(2, 4)));
    Value channels = routed(node, build, window, image, grad);
    Value y = placed(build, window, layout.spatialDims(x), layout.enter(build, x), channels);
    return build.cast(layout.leave(build, y), node.outputType(0));
  }

  /** [N, C, elements, H, W] over the windows: the gradient at each window's first maximum. */
  private static Value routed(
      TfNode node, OnnxBuilder build, Window window, Value image, Value grad) {
    List<Value> elements = new ArrayList<>();
    for (Value slice : Patches.of(node, build, window, image, Double.NEGATIVE_INFINITY)) {
      elements.add(build.unsqueeze(NHWC.enter(build, slice), 2));
    }
    Value stacked = build.concat(2, elements.toArray(Value[]::new));
    Value marked =
        inside(node, build, window, image).map(m -> maxima(build, stacked, m)).orElse(stacked);
    Value first = build.op("ArgMax", Map.of("axis", Attr.of(2), "keepdims", Attr.of(1)), marked);
    long[] numbers = new long[elements.size()];
    Arrays.setAll(numbers, i -> i);
    Value element = build.reshape(build.ints(numbers), numbers.length, 1, 1);
    return build.where(
        build.op("Equal", first, element), build.unsqueeze(grad, 2), build.scalar(grad.dtype(), 0));
  }

  /** 1 at the maxima of a window inside of the image, which may be -inf as the padding is. */
  private static Value maxima(OnnxBuilder build, Value stacked, Value inside) {
    Value most = build.op("Equal", stacked, build.reduce("ReduceMax", stacked, true, 2));
    return build.cast(build.op("And", most, inside), DType.F32);
  }

  /** [1, 1, elements, H, W]: which elements of windows are no padding; empty without padding. */
  private static Optional<Value> inside(
      TfNode node, OnnxBuilder build, Window window, Value image) {
    long[] pads = window.pads(NHWC.spatialDims(image));
    if (pads != null && Arrays.stream(pads).allMatch(p -> p == 0)) {
      return Optional.empty();
    }
    Value one = build.ints(1);
    Value shape = build.concat(0, one, build.dim(image, 1), build.dim(image, 2), one);
    Value ones = Filled.of(build, build.scalar(DType.F32, 1), shape);
    List<Value> elements = new ArrayList<>();
    for (Value slice : Patches.of(node, build, window, ones, 0)) {
      elements.add(build.unsqueeze(NHWC.enter(build, slice), 2));
    }
    Value stacked = build.concat(2, elements.toArray(Value[]::new));
    return Optional.of(build.op("Greater", stacked, build.scalar(DType.F32, 0)));
  }

  /** Adds up what each element of {@code x} gets, channels first. */
  private static Value placed(
      OnnxBuilder build, Window window, List<Dim> in, Value x, Value channels) {
    long elements = window.kernel(0) * window.kernel(1);
    Value images =
        build.reshape(
            channels,
            new Extents(build)
                .add(Dim.UNKNOWN, Extents.INFER)
                .add(elements)
                .add(channels, 3)
                .add(channels, 4)
                .vector());
    float[] unit = new float[Math.toIntExact(elements * elements)];
    for (int i = 0; i < elements; i++) {
      unit[(int) (i * elements + i)] = 1;
    }
    long[] shape = {elements, 1, window.kernel(0), window.kernel(1)};
    Value weights = build.cast(build.constant(TensorData.ofFloats(shape, unit)), x.dtype());
    Deconv deconv = new Deconv(build, window, images, weights, 1);
    Value sum =
        deconv
            .exact(new Layout(4, false).spatialDims(images), in)
            .orElseGet(() -> deconv.cropped(build.concat(0, build.dim(x, 2), build.dim(x, 3))));
    return build.reshape(sum, build.shapeOf(x));
  }
}
