// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Layers of TensorFlow 1's eight-bit graphs. Every quantised tensor comes with its range; products
 * are summed in f32, which has all integers up to 2^24.
 */
final class QuantizedNetworkLowerings {
  /** Values of a 32-bit product less one. */
  private static final double STEPS = 0x1p32 - 1;

  private QuantizedNetworkLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("QuantizedConv2D", (n, b) -> product(n, b, 2, ConvLowerings::conv));
    table.add("QuantizedMatMul", (n, b) -> product(n, b, 2, MatMulLowerings::matMul));
    table.add("QuantizedRelu", (n, b) -> clamped(n, b, false));
    table.add("QuantizedRelu6", (n, b) -> clamped(n, b, true));
    table.add("QuantizedMaxPool", (n, b) -> pooled(n, b, PoolLowerings::max));
    table.add("QuantizedAvgPool", (n, b) -> pooled(n, b, PoolLowerings::average));
    table.add("QuantizedReshape", QuantizedNetworkLowerings::reshaped);
    table.add("QuantizedConcat", QuantizedNetworkLowerings::joined);
    table.add("QuantizedBiasAdd", QuantizedNetworkLowerings::biased);
    table.add("RequantizationRange", (n, b) -> sums(n, b).usedRange());
    table.add("Requantize", QuantizedNetworkLowerings::requantize);
    table.add("QuantizeDownAndShrinkRange", QuantizedNetworkLowerings::shrink);
  }

  private static QuantizedRange range(TfNode node, OnnxBuilder b, int value, int min) {
    return new QuantizedRange(
        b, node.input(value).dtype(), scalar(node, b, min), scalar(node, b, min + 1));
  }

  private static Value scalar(TfNode node, OnnxBuilder b, int input) {
    return b.reshape(node.input(input), new long[0]);
  }

  /** Inputs 0 and 1 with their ranges behind; a level of the result is the product of theirs. */
  private static List<Value> product(TfNode node, OnnxBuilder b, int ranges, Lowering.Single op) {
    QuantizedRange left = range(node, b, 0, ranges);
    QuantizedRange right = range(node, b, 1, ranges + 2);
    Value x = b.sub(b.cast(node.input(0), DType.F32), left.zero());
    Value y = b.sub(b.cast(node.input(1), DType.F32), right.zero());
    // The op casts to the result's type, 32-bit integers, at its end.
    Value sum = op.lower(node.withInputs(List.of(x, y)), b);
    Value level = b.mul(left.level(), right.level());
    return List.of(sum, b.mul(level, number(b, -0x1p31)), b.mul(level, number(b, 0x1p31 - 1)));
  }

  private static List<Value> withRange(TfNode node, OnnxBuilder b, Value v, int min) {
    Value integers = b.cast(b.cast(v, DType.I32), node.outputType(0));
    return List.of(integers, scalar(node, b, min), scalar(node, b, min + 1));
  }

  private static List<Value> clamped(TfNode node, OnnxBuilder b, boolean six) {
    QuantizedRange range = range(node, b, 0, 1);
    Value x = b.op("Max", b.cast(node.input(0), DType.F32), range.zero());
    return withRange(node, b, six ? b.op("Min", x, range.quantize(number(b, 6))) : x, 1);
  }

  private static List<Value> pooled(TfNode node, OnnxBuilder b, Lowering.Single pool) {
    Value x = b.cast(node.input(0), DType.F32);
    return withRange(node, b, pool.lower(node.withInputs(List.of(x)), b), 1);
  }

  private static List<Value> reshaped(TfNode node, OnnxBuilder b) {
    Value shape = b.cast(node.input(1), DType.I64);
    return List.of(b.reshape(node.input(0), shape), scalar(node, b, 2), scalar(node, b, 3));
  }

  /** Inputs: axis, parts, their minima, their maxima. All go to the range that covers them. */
  private static List<Value> joined(TfNode node, OnnxBuilder b) {
    int n = (node.inputCount() - 1) / 3;
    Value min = number(b, 0);
    Value max = number(b, -Float.MAX_VALUE);
    for (int i = 0; i < n; i++) {
      min = b.op("Min", min, scalar(node, b, 1 + n + i));
      max = b.op("Max", max, scalar(node, b, 1 + 2 * n + i));
    }
    QuantizedRange whole = new QuantizedRange(b, node.outputType(0), min, max);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      QuantizedRange own =
          new QuantizedRange(
              b, node.outputType(0), scalar(node, b, 1 + n + i), scalar(node, b, 1 + 2 * n + i));
      Value q = whole.quantize(own.dequantize(node.input(1 + i)));
      parts.add(b.cast(b.cast(q, DType.I32), node.outputType(0)));
    }
    Value all = b.concat(node.constantInteger(0), parts.toArray(Value[]::new));
    return List.of(all, min, max);
  }

  /** The sum over a range wide enough for 32 bits (GetOutputMinAndMaxForQuantizedAdd). */
  private static List<Value> biased(TfNode node, OnnxBuilder b) {
    QuantizedRange x = range(node, b, 0, 2);
    QuantizedRange bias = range(node, b, 1, 4);
    Value largest =
        b.op(
            "Max",
            b.op("Max", b.op("Abs", x.min()), b.op("Abs", x.max())),
            b.op("Max", b.op("Abs", bias.min()), b.op("Abs", bias.max())));
    Value max = b.mul(largest, number(b, 0x1p17));
    Value level = b.div(b.add(max, max), number(b, STEPS));
    Value sum = b.add(x.dequantize(node.input(0)), bias.dequantize(node.input(1)));
    Value integers = b.cast(QuantizedRange.awayFromZero(b, b.div(sum, level)), DType.I32);
    return List.of(integers, b.op("Neg", max), max);
  }

  private static Requantization sums(TfNode node, OnnxBuilder b) {
    return new Requantization(b, node.input(0), scalar(node, b, 1), scalar(node, b, 2));
  }

  private static List<Value> requantize(TfNode node, OnnxBuilder b) {
    return spread(node, b, scalar(node, b, 3), scalar(node, b, 4));
  }

  private static List<Value> shrink(TfNode node, OnnxBuilder b) {
    List<Value> used = sums(node, b).usedRange();
    return spread(node, b, used.get(0), used.get(1));
  }

  /** TensorFlow has kernels for unsigned integers of eight bits only. */
  private static List<Value> spread(TfNode node, OnnxBuilder b, Value min, Value max) {
    if (node.outputType(0) != DType.U8) {
      throw node.refuse(
          "to " + node.outputType(0).text() + ", for which TensorFlow has no kernel",
          "let it give quint8");
    }
    return List.of(sums(node, b).over(min, max), min, max);
  }

  private static Value number(OnnxBuilder b, double value) {
    return b.scalar(DType.F32, value);
  }
}
