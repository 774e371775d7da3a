// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Crops of an NHWC image at fractional boxes (crop_and_resize_op.cc): pixels are gathered from the
 * image as a list and blended in f32; samples outside of the image take a given value.
 */
final class CropAndResizeLowering {
  private static final DType F32 = DType.F32;

  private final TfNode node;
  private final OnnxBuilder build;
  private final Value image;
  private final Value boxes;
  private final Value pixels;

  private CropAndResizeLowering(TfNode node, OnnxBuilder build) {
    this.node = node;
    this.build = build;
    this.image = build.cast(node.input(0, 4), F32);
    this.boxes = node.input(1);
    Value list = new Extents(build).add(-1).add(image, 3).exact();
    this.pixels = build.reshape(image, list);
  }

  static void addTo(LoweringTable table) {
    table.one("CropAndResize", (node, build) -> new CropAndResizeLowering(node, build).lower());
  }

  private Value lower() {
    Samples rows = samples(1, 0, 0);
    Samples columns = samples(2, 1, 1);
    Value y = build.unsqueeze(rows.at, 2); // [boxes, rows, 1]
    Value x = build.unsqueeze(columns.at, 1); // [boxes, 1, columns]
    Value crops =
        node.string("method").equals("nearest") ? pixel(nearest(y), nearest(x)) : blend(y, x);
    Value inside =
        build.op("And", build.unsqueeze(rows.inside, 2), build.unsqueeze(columns.inside, 1));
    Value outside = build.scalar(F32, node.number("extrapolation_value"));
    return build.where(build.unsqueeze(inside, 3), crops, outside);
  }

  /** Sample positions [boxes, count] on one axis, and which lie inside of the image. */
  private record Samples(Value at, Value inside) {}

  /**
   * @param axis of the image
   * @param column of the boxes where their first edge on the axis stands
   * @param extent which of the two crop extents
   */
  private Samples samples(int axis, int column, int extent) {
    Value last = build.sub(build.cast(build.dim(image, axis), F32), scalar(1));
    Value from = box(column);
    Value to = box(column + 2);
    Optional<long[]> size = node.knownIntegers(3);
    Value at;
    if (size.isPresent()) {
      long count = size.get()[extent];
      at =
          count > 1
              ? spread(from, to, last, ramp(count), scalar((double) count - 1))
              : middle(from, to, last);
    } else {
      Value given = build.op("Gather", node.input(3), build.scalar(DType.I64, extent));
      Value count = build.cast(given, F32);
      Value steps = build.op("Max", build.sub(count, scalar(1)), scalar(1));
      Value ramp = build.unsqueeze(build.cast(Ranges.upTo(build, given), F32), 0);
      at =
          build.where(
              build.op("Greater", count, scalar(1)),
              spread(from, to, last, ramp, steps),
              middle(from, to, last));
    }
    Value inside =
        build.op(
            "And", build.op("GreaterOrEqual", at, scalar(0)), build.op("LessOrEqual", at, last));
    Value clamped = build.op("Min", build.op("Max", at, scalar(0)), last);
    return new Samples(clamped, inside);
  }

  /** From edge to edge in equal steps. */
  private Value spread(Value from, Value to, Value last, Value ramp, Value steps) {
    Value step = build.div(build.mul(build.sub(to, from), last), steps);
    return build.add(build.mul(from, last), build.mul(ramp, step));
  }

  /** The only sample of an extent of 1. */
  private Value middle(Value from, Value to, Value last) {
    return build.mul(build.mul(build.add(from, to), scalar(0.5)), last);
  }

  /** A column [boxes, 1]. */
  private Value box(long column) {
    return build.slice(
        boxes, new long[] {column}, new long[] {column + 1}, new long[] {1}, new long[] {1});
  }

  private Value ramp(long count) {
    float[] steps = new float[Math.toIntExact(count)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i;
    }
    return build.constant(org.tf2trt.ir.data.TensorData.ofFloats(new long[] {1, count}, steps));
  }

  private Value blend(Value y, Value x) {
    Value top = build.op("Floor", y);
    Value bottom = build.op("Ceil", y);
    Value left = build.op("Floor", x);
    Value right = build.op("Ceil", x);
    Value across = build.unsqueeze(build.sub(x, left), 3);
    Value down = build.unsqueeze(build.sub(y, top), 3);
    Value upper = between(pixel(top, left), pixel(top, right), across);
    Value lower = between(pixel(bottom, left), pixel(bottom, right), across);
    return between(upper, lower, down);
  }

  private Value between(Value a, Value b, Value share) {
    return build.add(a, build.mul(build.sub(b, a), share));
  }

  /** Half up; positions are not negative. */
  private Value nearest(Value at) {
    return build.op("Floor", build.add(at, scalar(0.5)));
  }

  /** [boxes, rows, columns, channels]. */
  private Value pixel(Value y, Value x) {
    Value of = build.unsqueeze(build.cast(node.input(2), DType.I64), 1, 2);
    Value row = build.add(build.mul(of, build.dim(image, 1)), build.cast(y, DType.I64));
    Value at = build.add(build.mul(row, build.dim(image, 2)), build.cast(x, DType.I64));
    return build.op("Gather", Map.of("axis", Attr.of(0L)), pixels, at);
  }

  private Value scalar(double value) {
    return build.scalar(F32, value);
  }
}
