// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Images seen through a projective transform (image_ops.h): each output pixel is read at the input
 * position (a0 x + a1 y + a2, b0 x + b1 y + b2) / (c0 x + c1 y + 1).
 */
final class ProjectiveLowering {
  private static final DType F32 = DType.F32;

  private final TfNode node;
  private final OnnxBuilder b;
  private final Value image;
  private final Value pixels;
  private final Value filler;

  private ProjectiveLowering(TfNode node, OnnxBuilder b, Value filler) {
    this.node = node;
    this.b = b;
    this.image = b.cast(node.input(0, 4), F32);
    this.filler = filler;
    this.pixels = b.reshape(image, new Extents(b).add(-1).add(image, 3).exact());
  }

  static void addTo(LoweringTable table) {
    table.one(
        "ImageProjectiveTransformV2",
        (node, b) -> new ProjectiveLowering(node, b, b.scalar(F32, 0)).lower());
    table.one(
        "ImageProjectiveTransformV3",
        (node, b) -> new ProjectiveLowering(node, b, b.cast(node.input(3), F32)).lower());
  }

  private Value lower() {
    long[] size = node.constantIntegers(2);
    Value y = grid(size[0], true);
    Value x = grid(size[1], false);
    Value depth = b.add(plane(6, x, y), number(1));
    // No point of the image is seen where the depth is 0.
    Value seen = b.op("Not", b.op("Equal", depth, number(0)));
    Value safe = b.where(seen, depth, number(1));
    Value u = b.div(b.add(plane(0, x, y), coefficient(2)), safe);
    Value v = b.div(b.add(plane(3, x, y), coefficient(5)), safe);
    Value column = mapped(u, 2);
    Value row = mapped(v, 1);
    Value read =
        node.string("interpolation").equals("NEAREST")
            ? read(QuantizedRange.awayFromZero(b, row), QuantizedRange.awayFromZero(b, column))
            : blended(row, column);
    Value result = b.where(b.unsqueeze(seen, 3), read, filler);
    DType to = node.outputType(0);
    return to.isFloat() ? b.cast(result, to) : CastLowerings.plain(b, result, to);
  }

  /** f32 [1, n, 1] or [1, 1, n]. */
  private Value grid(long n, boolean rows) {
    float[] numbers = new float[Math.toIntExact(n)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    long[] shape = rows ? new long[] {1, n, 1} : new long[] {1, 1, n};
    return b.constant(TensorData.ofFloats(shape, numbers));
  }

  /** [batch or 1, 1, 1]. */
  private Value coefficient(int i) {
    Value column = SliceLowerings.slice(b, b.cast(node.input(1, 2), F32), 1, i, i + 1L);
    return b.unsqueeze(column, 2);
  }

  /** The linear part of a coordinate, from two coefficients. */
  private Value plane(int i, Value x, Value y) {
    return b.add(b.mul(coefficient(i), x), b.mul(coefficient(i + 1), y));
  }

  private Value extent(int axis) {
    return b.cast(b.squeeze(b.dim(image, axis), 0), F32);
  }

  /** Coordinates outside of the image brought back as the fill mode has it. */
  private Value mapped(Value at, int axis) {
    Value length = extent(axis);
    Value last = b.sub(length, number(1));
    return switch (node.has("fill_mode") ? node.string("fill_mode") : "CONSTANT") {
      case "REFLECT" -> clamped(reflected(at, length), last);
      case "WRAP" -> clamped(wrapped(at, length, last), last);
      case "NEAREST" -> clamped(at, last);
      default -> at;
    };
  }

  private Value clamped(Value at, Value last) {
    return b.op("Max", b.op("Min", at, last), number(0));
  }

  /** dcba|abcd|dcba */
  private Value reflected(Value at, Value length) {
    Value period = b.add(length, length);
    Value below = b.add(at, b.mul(period, b.op("Floor", b.div(b.op("Neg", at), period))));
    Value mirroredBelow = b.sub(b.op("Neg", below), number(1));
    Value farBelow = b.op("Less", below, b.op("Neg", length));
    Value fromBelow = b.where(farBelow, b.add(below, period), mirroredBelow);
    Value above = b.sub(at, b.mul(period, b.op("Floor", b.div(at, period))));
    Value mirroredAbove = b.sub(b.sub(period, above), number(1));
    Value farAbove = b.op("GreaterOrEqual", above, length);
    Value fromAbove = b.where(farAbove, mirroredAbove, above);
    return chosen(at, length, fromBelow, fromAbove);
  }

  /** abcd|abcd|abcd, with the kernel's period of one pixel less between periods. */
  private Value wrapped(Value at, Value length, Value last) {
    Value safe = b.op("Max", last, number(1));
    Value steps = b.add(b.op("Floor", b.div(b.op("Neg", at), safe)), number(1));
    Value fromBelow = b.add(at, b.mul(length, steps));
    Value fromAbove = b.sub(at, b.mul(length, b.op("Floor", b.div(at, safe))));
    return chosen(at, length, fromBelow, fromAbove);
  }

  private Value chosen(Value at, Value length, Value fromBelow, Value fromAbove) {
    Value last = b.sub(length, number(1));
    Value inside = b.where(b.op("Greater", at, last), fromAbove, at);
    return b.where(b.op("Less", at, number(0)), fromBelow, inside);
  }

  private Value blended(Value row, Value column) {
    Value top = b.op("Floor", row);
    Value left = b.op("Floor", column);
    Value bottom = b.add(top, number(1));
    Value right = b.add(left, number(1));
    Value down = b.unsqueeze(b.sub(row, top), 3);
    Value across = b.unsqueeze(b.sub(column, left), 3);
    Value upper = between(read(top, left), read(top, right), across);
    Value lower = between(read(bottom, left), read(bottom, right), across);
    return between(upper, lower, down);
  }

  private Value between(Value first, Value second, Value share) {
    return b.add(b.mul(first, b.sub(number(1), share)), b.mul(second, share));
  }

  /** [batch, rows, columns, channels]; positions outside give the filler. */
  private Value read(Value row, Value column) {
    Value inside = b.op("And", within(row, 1), within(column, 2));
    Value images = b.reshape(Ranges.upTo(b, b.squeeze(b.dim(image, 0), 0)), -1, 1, 1);
    Value y = b.add(b.mul(images, b.dim(image, 1)), index(row, 1));
    Value at = b.add(b.mul(y, b.dim(image, 2)), index(column, 2));
    Value found = GatherLowerings.gather(b, pixels, at, 0);
    return b.where(b.unsqueeze(inside, 3), found, filler);
  }

  private Value within(Value position, int axis) {
    Value low = b.op("GreaterOrEqual", position, number(0));
    return b.op("And", low, b.op("Less", position, extent(axis)));
  }

  private Value index(Value position, int axis) {
    return b.cast(clamped(position, b.sub(extent(axis), number(1))), DType.I64);
  }

  private Value number(double value) {
    return b.scalar(F32, value);
  }
}
