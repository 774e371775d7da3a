// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Random crops that cover enough of some box (sample_distorted_bounding_box_op.cc). The kernel
 * draws crops until one fits, at most {@code max_attempts} times; here all attempts are drawn at
 * once, as vectors with an element for each, and the first that fits is taken. Numbers of pixels
 * are whole numbers in f32.
 */
final class CropSamplingLowerings {
  private static final DType F32 = DType.F32;

  private final TfNode node;
  private final OnnxBuilder b;
  private final Value imageHeight;
  private final Value imageWidth;

  private CropSamplingLowerings(TfNode node, OnnxBuilder b) {
    this.node = node;
    this.b = b;
    this.imageHeight = extent(0);
    this.imageWidth = extent(1);
  }

  static void addTo(LoweringTable table) {
    for (String op :
        List.of(
            "SampleDistortedBoundingBox",
            "SampleDistortedBoundingBoxV2",
            "StatelessSampleDistortedBoundingBox")) {
      table.add(op, (node, build) -> new CropSamplingLowerings(node, build).lower());
    }
  }

  /** Crops, an element for each attempt. */
  private record Crops(Value y, Value x, Value height, Value width, Value valid) {}

  private Value extent(int i) {
    return b.cast(GatherLowerings.gather(b, node.input(0), b.scalar(DType.I64, i), 0), F32);
  }

  /** Outputs: begin [y, x, 0], size [height, width, -1], the crop as a box [1, 1, 4]. */
  private List<Value> lower() {
    Crops crops = draw();
    Value fits = b.cast(b.op("And", crops.valid, covers(crops)), F32);
    Value first = b.op("ArgMax", Map.of("axis", Attr.of(0), "keepdims", Attr.of(0L)), fits);
    Value any = b.op("Greater", b.reduce("ReduceMax", fits, false, 0), number(0));
    Value y = chosen(any, crops.y, first, number(0));
    Value x = chosen(any, crops.x, first, number(0));
    Value height = chosen(any, crops.height, first, imageHeight);
    Value width = chosen(any, crops.width, first, imageWidth);
    Value box =
        vector(
            b.div(y, imageHeight),
            b.div(x, imageWidth),
            b.div(b.add(y, height), imageHeight),
            b.div(b.add(x, width), imageWidth));
    return List.of(
        b.cast(vector(y, x, number(0)), node.outputType(0)),
        b.cast(vector(height, width, number(-1)), node.outputType(1)),
        b.reshape(box, 1, 1, 4));
  }

  private Value chosen(Value any, Value of, Value first, Value whole) {
    return b.where(any, GatherLowerings.gather(b, of, first, 0), whole);
  }

  private Value vector(Value... scalars) {
    Value[] parts = new Value[scalars.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = b.reshape(scalars[i], 1);
    }
    return b.concat(0, parts);
  }

  /** Crops of random shape and size at random places. */
  private Crops draw() {
    double[] area = numbers("area_range");
    double[] ratio = numbers("aspect_ratio_range");
    RandomNumbers random = new RandomNumbers(node, b);
    Value attempts = b.ints(node.integer("max_attempts"));
    Value aspect =
        b.add(
            b.mul(random.uniform(attempts), number((float) ratio[1] - (float) ratio[0])),
            number(ratio[0]));
    Value least = b.mul(b.mul(number(area[0]), imageWidth), imageHeight);
    Value most = b.mul(b.mul(number(area[1]), imageWidth), imageHeight);
    Value tallest = tallest(aspect, most);
    Value height = b.op("Min", side(least, aspect), tallest);
    Value room = b.add(b.sub(tallest, height), number(1));
    height = b.op("Min", b.add(height, below(random, attempts, room)), tallest);
    Value small = b.op("Less", b.mul(width(height, aspect), height), least);
    height = b.where(small, b.add(height, number(1)), height);
    Value large = b.op("Greater", b.mul(width(height, aspect), height), most);
    height = b.where(large, b.sub(height, number(1)), height);
    Value width = width(height, aspect);
    Value y = below(random, attempts, b.sub(imageHeight, height));
    Value x = below(random, attempts, b.sub(imageWidth, width));
    return new Crops(y, x, height, width, isValid(height, width, least, most));
  }

  /** The largest height whose width is inside of the image too. */
  private Value tallest(Value aspect, Value most) {
    Value height = side(most, aspect);
    Value bound = b.op("Floor", b.div(b.add(imageWidth, number(0.5 - 1e-7)), aspect));
    Value tooWide = b.op("Greater", width(bound, aspect), imageWidth);
    bound = b.where(tooWide, b.sub(bound, number(1)), bound);
    Value limits = b.op("Greater", width(height, aspect), imageWidth);
    return b.op("Min", b.where(limits, bound, height), imageHeight);
  }

  /** The height of a crop of this area. */
  private Value side(Value area, Value aspect) {
    return b.op("Round", b.op("Sqrt", b.div(area, aspect)));
  }

  private Value width(Value height, Value aspect) {
    return b.op("Round", b.mul(height, aspect));
  }

  /** Whole numbers from 0 to {@code count} - 1; 0 where the count is not positive. */
  private Value below(RandomNumbers random, Value attempts, Value count) {
    Value drawn = b.op("Floor", b.mul(random.uniform(attempts), count));
    return b.op("Max", b.op("Min", drawn, b.sub(count, number(1))), number(0));
  }

  private Value isValid(Value height, Value width, Value least, Value most) {
    Value area = b.mul(height, width);
    return all(
        b.op("GreaterOrEqual", area, least),
        b.op("LessOrEqual", area, most),
        b.op("LessOrEqual", width, imageWidth),
        b.op("LessOrEqual", height, imageHeight),
        b.op("Greater", width, number(0)),
        b.op("Greater", height, number(0)));
  }

  private Value all(Value... conditions) {
    Value all = conditions[0];
    for (int i = 1; i < conditions.length; i++) {
      all = b.op("And", all, conditions[i]);
    }
    return all;
  }

  /** Whether a crop covers the least share of some box that has a pixel at all. */
  private Value covers(Crops crops) {
    Value boxes = b.reshape(node.input(1, 3), -1, 4);
    Value top = edge(boxes, 0, imageHeight);
    Value left = edge(boxes, 1, imageWidth);
    Value bottom = edge(boxes, 2, imageHeight);
    Value right = edge(boxes, 3, imageWidth);
    if (node.flag("use_image_if_no_bounding_boxes") && !isSome(boxes)) {
      Value none = b.op("Equal", b.dim(boxes, 0), b.ints(0));
      Value size = b.cast(none, F32);
      top = b.concat(0, top, number(0, 1));
      left = b.concat(0, left, number(0, 1));
      bottom = b.concat(0, bottom, b.mul(size, imageHeight));
      right = b.concat(0, right, b.mul(size, imageWidth));
    }
    Value objects = b.mul(b.sub(right, left), b.sub(bottom, top));
    Value shared =
        b.mul(
            overlap(crops.y, crops.height, top, bottom),
            overlap(crops.x, crops.width, left, right));
    Value least =
        node.has("min_object_covered")
            ? number(node.number("min_object_covered"))
            : b.reshape(node.input(2));
    Value enough = b.op("GreaterOrEqual", b.div(shared, objects), least);
    Value covered = b.op("And", enough, b.op("GreaterOrEqual", objects, number(1)));
    Value count = b.reduce("ReduceSum", b.cast(covered, F32), false, 1);
    return b.op("Greater", count, number(0));
  }

  private static boolean isSome(Value boxes) {
    Dim count = boxes.shape().isRanked() ? boxes.shape().dim(0) : Dim.UNKNOWN;
    return count.isKnown() && count.size() > 0;
  }

  /** [boxes] */
  private Value edge(Value boxes, int column, Value extent) {
    Value share = GatherLowerings.gather(b, boxes, b.scalar(DType.I64, column), 1);
    return b.op("Floor", b.mul(share, extent));
  }

  /** [attempts, boxes]: the length that a crop and a box share on an axis. */
  private Value overlap(Value start, Value extent, Value from, Value to) {
    Value first = b.op("Max", b.unsqueeze(start, 1), b.unsqueeze(from, 0));
    Value last = b.op("Min", b.unsqueeze(b.add(start, extent), 1), b.unsqueeze(to, 0));
    return b.op("Max", b.sub(last, first), number(0));
  }

  private double[] numbers(String attr) {
    return node.get(attr, Attr.Reals.class).values().stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private Value number(double value) {
    return b.scalar(F32, value);
  }

  private Value number(double value, int count) {
    return b.reshape(number(value), count);
  }
}
