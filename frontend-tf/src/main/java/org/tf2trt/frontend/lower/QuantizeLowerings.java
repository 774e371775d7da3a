// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** QuantizeV2 and Dequantize in their three modes (quantize_op.cc, dequantize_op.cc). */
final class QuantizeLowerings {
  private QuantizeLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("QuantizeV2", QuantizeLowerings::quantize);
    table.one("Dequantize", QuantizeLowerings::dequantize);
  }

  /** Outputs: the integers, and the range that they are spread over. */
  private static List<Value> quantize(TfNode node, OnnxBuilder b) {
    Value x = node.input(0);
    Value zero = number(b, 0);
    Value min = b.op("Min", scalar(node, b, 1), zero);
    // A range of no extent would divide by zero.
    double least = node.has("ensure_minimum_range") ? node.number("ensure_minimum_range") : 0.01;
    Value largest = b.op("Max", b.op("Abs", scalar(node, b, 1)), b.op("Abs", scalar(node, b, 2)));
    Value epsilon = b.mul(b.op("Max", largest, number(b, 1)), number(b, least));
    Value max = b.op("Max", b.op("Max", scalar(node, b, 2), b.add(min, epsilon)), zero);
    QuantizedRange range = new QuantizedRange(b, node.outputType(0), min, max);
    return switch (node.string("mode")) {
      case "MIN_FIRST" -> outputs(node, b, range.quantize(x), min, max);
      case "MIN_COMBINED" -> combined(node, b, x, range);
      default -> scaled(node, b, x, range);
    };
  }

  private static List<Value> outputs(
      TfNode node, OnnxBuilder b, Value integers, Value min, Value max) {
    return List.of(b.cast(b.cast(integers, DType.I32), node.outputType(0)), min, max);
  }

  private static List<Value> combined(TfNode node, OnnxBuilder b, Value x, QuantizedRange range) {
    Value scale =
        b.div(number(b, range.highest() - range.lowest()), b.sub(range.max(), range.min()));
    Value held = b.op("Max", b.op("Min", x, range.max()), range.min());
    Value steps = b.mul(b.sub(held, range.min()), scale);
    double half = range.lowest() < 0 ? (range.highest() - range.lowest() + 1) / 2 : 0;
    Value rounded = QuantizedRange.awayFromZero(b, b.sub(steps, number(b, half)));
    return outputs(node, b, rounded, range.min(), range.max());
  }

  private static List<Value> scaled(TfNode node, OnnxBuilder b, Value x, QuantizedRange range) {
    double low = range.lowest() + (node.flag("narrow_range") ? 1 : 0);
    double high = range.highest();
    Value scale = b.op("Min", side(b, low, range.min()), side(b, high, range.max()));
    Value min = b.div(number(b, low), scale);
    Value max = b.div(number(b, high), scale);
    Value held = b.op("Max", b.op("Min", x, max), min);
    Value steps = b.mul(held, scale);
    Value rounded =
        node.string("round_mode").equals("HALF_TO_EVEN")
            ? b.op("Round", steps)
            : QuantizedRange.awayFromZero(b, steps);
    return outputs(node, b, rounded, min, max);
  }

  private static Value side(OnnxBuilder b, double level, Value bound) {
    Value counts = b.op("Greater", b.mul(bound, number(b, level)), number(b, 0));
    Value safe = b.where(counts, bound, number(b, 1));
    return b.where(counts, b.div(number(b, level), safe), number(b, Float.MAX_VALUE));
  }

  private static Value dequantize(TfNode node, OnnxBuilder b) {
    DType dtype = node.input(0).dtype();
    Value min = bound(node, b, 1);
    Value max = bound(node, b, 2);
    QuantizedRange range = new QuantizedRange(b, dtype, min, max);
    Value x = b.cast(node.input(0), DType.F32);
    Value y =
        switch (node.string("mode")) {
          case "MIN_FIRST" -> range.dequantize(x);
          case "MIN_COMBINED" -> {
            double half = range.lowest() < 0 ? (range.highest() - range.lowest() + 1) / 2 : 0;
            Value steps = b.add(x, number(b, half));
            yield b.add(b.mul(steps, range.level()), min);
          }
          default -> b.mul(x, scale(node, b, range));
        };
    return b.cast(y, node.outputType(0));
  }

  private static Value scale(TfNode node, OnnxBuilder b, QuantizedRange range) {
    Value byMax = b.div(range.max(), number(b, range.highest()));
    if (range.lowest() == 0) {
      return byMax;
    }
    double low = range.lowest() + (node.flag("narrow_range") ? 1 : 0);
    return b.op("Max", b.div(range.min(), number(b, low)), byMax);
  }

  /** A scalar, or one number for each index of an axis, which it is turned along. */
  private static Value bound(TfNode node, OnnxBuilder b, int input) {
    long axis = node.has("axis") ? node.integer("axis") : -1;
    return axis < 0
        ? scalar(node, b, input)
        : NormLowerings.behindChannels(b, node.input(input), node.rank(0) - 1 - (int) axis);
  }

  private static Value scalar(TfNode node, OnnxBuilder b, int input) {
    return b.reshape(node.input(input), new long[0]);
  }

  private static Value number(OnnxBuilder b, double value) {
    return b.scalar(DType.F32, value);
  }
}
