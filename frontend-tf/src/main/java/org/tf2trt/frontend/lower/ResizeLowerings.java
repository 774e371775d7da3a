// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Image resizing (kernels/image/resize_*_op.cc, image_resizer_state.h): NHWC, the size given as
 * [height, width]. Where extents are known and ONNX Resize would not give TensorFlow's result, the
 * rows and columns are gathered, or weighted by a constant matrix.
 */
final class ResizeLowerings {
  static final Layout NHWC = new Layout(4, true);

  private ResizeLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("ResizeBilinear", ResizeLowerings::bilinear);
    table.one("ResizeNearestNeighbor", ResizeLowerings::nearest);
    table.one("ResizeBicubic", ResizeLowerings::bicubic);
    table.one("ResizeArea", ResizeLowerings::area);
    table.one("ScaleAndTranslate", ResizeLowerings::scaleAndTranslate);
  }

  private static Value bilinear(TfNode node, OnnxBuilder build) {
    return bilinear(node, build, Sampling.of(node));
  }

  static Value bilinear(TfNode node, OnnxBuilder build, Sampling sampling) {
    Value x = build.cast(node.input(0, 4), DType.F32);
    Map<String, Attr> attrs = new LinkedHashMap<>();
    attrs.put("mode", Attr.of("linear"));
    attrs.put("coordinate_transformation_mode", Attr.of(sampling.coordinates()));
    return resize(node, build, x, attrs);
  }

  /** Keeps the dtype. */
  private static Value nearest(TfNode node, OnnxBuilder build) {
    Sampling sampling = Sampling.of(node);
    Value x = node.input(0, 4);
    var axes = ImageAxes.of(node);
    boolean known = axes.isPresent();
    if (known && (!hasResize(x.dtype()) || !axes.get().all(sampling::resizePicksTheSame))) {
      Value rows = build.op("Gather", axis(1), x, build.ints(axes.get().rows(sampling::nearest)));
      return build.op("Gather", axis(2), rows, build.ints(axes.get().columns(sampling::nearest)));
    }
    Map<String, Attr> attrs = new LinkedHashMap<>();
    attrs.put("mode", Attr.of("nearest"));
    attrs.put("coordinate_transformation_mode", Attr.of(sampling.coordinates()));
    attrs.put("nearest_mode", Attr.of(sampling.nearestMode()));
    Value y = resize(node, build, build.cast(x, nearestType(node, x.dtype())), attrs);
    return build.cast(y, node.outputType(0));
  }

  private static boolean hasResize(DType dtype) {
    return dtype == DType.F32 || dtype == DType.F16 || isExactInF32(dtype);
  }

  private static boolean isExactInF32(DType dtype) {
    return switch (dtype) {
      case BF16, I8, U8, I16, U16 -> true;
      default -> false;
    };
  }

  private static DType nearestType(TfNode node, DType dtype) {
    if (isExactInF32(dtype)) {
      return DType.F32;
    }
    if (dtype == DType.F64 || dtype == DType.I64) {
      throw node.refuse(
          "no runtime resizes " + dtype.text() + " images", "cast to float32, or pin --shape");
    }
    return dtype;
  }

  /** TensorFlow reads its weights from a table of 1024 steps; ONNX computes them. */
  private static Value bicubic(TfNode node, OnnxBuilder build) {
    Sampling sampling = Sampling.of(node);
    Value x = build.cast(node.input(0, 4), DType.F32);
    var axes = ImageAxes.of(node);
    if (axes.isPresent() && !axes.get().all(sampling::isOnCubicTable)) {
      return weighted(build, x, axes.get(), sampling::cubic);
    }
    if (axes.isEmpty() && !isDoubling(node, build, sampling)) {
      return runtimeWeighted(node, build, x, sampling, RuntimeWeights::cubic);
    }
    Map<String, Attr> attrs = new LinkedHashMap<>();
    attrs.put("mode", Attr.of("cubic"));
    attrs.put("coordinate_transformation_mode", Attr.of(sampling.coordinates()));
    attrs.put("cubic_coeff_a", Attr.of(sampling.halfPixel() ? -0.5 : -0.75));
    attrs.put("exclude_outside", Attr.of(sampling.halfPixel() ? 1L : 0L));
    return resize(node, build, x, attrs);
  }

  private static Value area(TfNode node, OnnxBuilder build) {
    Sampling sampling = new Sampling(node.flag("align_corners"), false);
    Value x = build.cast(node.input(0, 4), DType.F32);
    if (ImageAxes.of(node).isEmpty()) {
      return runtimeWeighted(node, build, x, sampling, RuntimeWeights::area);
    }
    ImageAxes axes = ImageAxes.of(node).get();
    if (!sampling.alignCorners() && axes.all((in, out) -> in % out == 0)) {
      long[] kernel = {axes.inHeight() / axes.outHeight(), axes.inWidth() / axes.outWidth()};
      Map<String, Attr> attrs =
          Map.of("kernel_shape", Attr.ints(kernel), "strides", Attr.ints(kernel));
      return NHWC.leave(build, build.op("AveragePool", attrs, NHWC.enter(build, x)));
    }
    return weighted(build, x, axes, sampling::area);
  }

  private static Value scaleAndTranslate(TfNode node, OnnxBuilder build) {
    String name = node.string("kernel_type");
    SamplingKernel kernel =
        SamplingKernel.byName(name)
            .orElseThrow(() -> node.refuse("kernel " + name, "use a kernel of tf.image.resize"));
    boolean antialias = node.flag("antialias");
    Value x = build.cast(node.input(0, 4), DType.F32);
    var known = ImageAxes.of(node);
    if (known.isEmpty() || node.constant(2).isEmpty() || node.constant(3).isEmpty()) {
      RuntimeKernel matrices = new RuntimeKernel(build, kernel, antialias);
      Value[] both = new Value[2];
      for (int i = 0; i < 2; i++) {
        Value out = build.cast(element(build, node.input(1), i), DType.I64);
        Value scale = element(build, node.input(2), i);
        Value translation = element(build, node.input(3), i);
        both[i] = matrices.weights(build.dim(x, i + 1), out, scale, translation);
      }
      return weighted(build, x, both[0], both[1]);
    }
    ImageAxes axes = known.get();
    float[] scale = node.constant(2).get().floats();
    float[] translation = node.constant(3).get().floats();
    float[] rows =
        kernel.weights(axes.inHeight(), axes.outHeight(), scale[0], translation[0], antialias);
    float[] columns =
        kernel.weights(axes.inWidth(), axes.outWidth(), scale[1], translation[1], antialias);
    return axes.weighted(build, x, rows, columns);
  }

  private static Value weighted(
      OnnxBuilder build, Value x, ImageAxes axes, ImageAxes.Weights weights) {
    return axes.weighted(
        build,
        x,
        weights.of(axes.inHeight(), axes.outHeight()),
        weights.of(axes.inWidth(), axes.outWidth()));
  }

  /** By a power of two, all fractions are entries of the table whatever the extents are. */
  private static boolean isDoubling(TfNode node, OnnxBuilder build, Sampling sampling) {
    List<Dim> size = build.values(node.input(1)).orElse(List.of());
    if (sampling.alignCorners() || size.size() != 2) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      Optional<Dim> factor = DimExpr.divideExact(size.get(i), Filters.dim(node.input(0), i + 1));
      if (!factor.map(f -> f.isKnown() && Long.bitCount(f.size()) == 1).orElse(false)) {
        return false;
      }
    }
    return true;
  }

  private static Value runtimeWeighted(
      TfNode node,
      OnnxBuilder build,
      Value x,
      Sampling sampling,
      Function<RuntimeWeights, Value> weights) {
    Value size = build.cast(node.input(1), DType.I64);
    Value[] matrices = new Value[2];
    for (int i = 0; i < 2; i++) {
      Value out = element(build, size, i);
      matrices[i] = weights.apply(new RuntimeWeights(build, sampling, build.dim(x, i + 1), out));
    }
    return weighted(build, x, matrices[0], matrices[1]);
  }

  /** {@code rows} [out, in] times the image times {@code columns} transposed. */
  private static Value weighted(OnnxBuilder build, Value x, Value rows, Value columns) {
    Value wide = build.op("MatMul", NHWC.enter(build, x), build.transpose(columns, 1, 0));
    return NHWC.leave(build, build.op("MatMul", rows, wide));
  }

  private static Value element(OnnxBuilder build, Value vector, int i) {
    return build.slice(vector, new long[] {i}, new long[] {i + 1}, new long[] {0}, new long[] {1});
  }

  private static Value resize(TfNode node, OnnxBuilder build, Value x, Map<String, Attr> attrs) {
    // Says that there are two of them, which runtimes need to know.
    Value size = build.reshape(build.cast(node.input(1), DType.I64), 2);
    Value sizes = build.concat(0, build.dim(node.input(0), 0), build.dim(node.input(0), 3), size);
    Value absent = OnnxBuilder.absent();
    Value y = build.op("Resize", attrs, NHWC.enter(build, x), absent, absent, sizes);
    return NHWC.leave(build, y);
  }

  private static Map<String, Attr> axis(long axis) {
    return Map.of("axis", Attr.of(axis));
  }
}
