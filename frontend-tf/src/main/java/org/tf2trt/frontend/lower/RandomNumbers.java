// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A source of f32 random numbers for one node: ONNX's random ops, or constants drawn now. Only the
 * distribution is TensorFlow's, never the numbers.
 */
final class RandomNumbers {
  /** The least positive result: logarithms of it are finite. */
  static final double LEAST = 0x1p-30;

  private final TfNode node;
  private final OnnxBuilder b;
  private int drawn;

  RandomNumbers(TfNode node, OnnxBuilder b) {
    this.node = node;
    this.b = b;
    if (node.options().random() == LoweringOptions.Randomness.REFUSE) {
      throw node.refuse(
          "it draws random numbers, which --random refuse rules out",
          "use --random keep or fold, or cut the graph behind it (--inputs)");
    }
  }

  /** Uniform between 0 and 1, of an i64 shape vector. */
  Value uniform(Value shape) {
    return draw("RandomUniform", shape);
  }

  /** Uniform, and never so small that a logarithm is infinite. */
  Value positive(Value shape) {
    return b.op("Max", uniform(shape), b.scalar(DType.F32, LEAST));
  }

  /** Normal with mean 0 and deviation 1. */
  Value normal(Value shape) {
    return draw("RandomNormal", shape);
  }

  private Value draw(String op, Value shape) {
    drawn++;
    boolean known = shape.constant().isPresent();
    if (node.options().random() == LoweringOptions.Randomness.FOLD) {
      if (!known) {
        throw node.refuse(
            "--random fold draws the numbers now, and how many is not known",
            "give the input shapes with --shape, or use --random keep");
      }
      return b.constant(drawn(op, shape.constant().get().longs()));
    }
    Map<String, Attr> attrs = new LinkedHashMap<>();
    seed().ifPresent(s -> attrs.put("seed", Attr.of((double) (mixed(s + drawn) >>> 40))));
    if (known) {
      attrs.put("shape", Attr.ints(shape.constant().get().longs()));
      return b.op(op, attrs);
    }
    Value zeros = Filled.of(b, TensorData.scalar(DType.F32, 0), shape);
    return b.op(op + "Like", attrs, zeros);
  }

  private TensorData drawn(String op, long[] shape) {
    Random random = new Random(mixed(seed().orElse((long) node.name().hashCode()) + drawn));
    int count = 1;
    for (long d : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(d));
    }
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = op.equals("RandomNormal") ? (float) random.nextGaussian() : random.nextFloat();
    }
    return TensorData.ofFloats(shape, numbers);
  }

  /** Generators that get neighbouring seeds begin with nearly the same numbers. */
  private static long mixed(long seed) {
    return seed * 0x9E3779B97F4A7C15L;
  }

  private java.util.Optional<Long> seed() {
    if (!node.has("seed") || !node.has("seed2")) {
      return java.util.Optional.empty();
    }
    long seed = 31 * node.integer("seed") + node.integer("seed2");
    return seed == 0 ? java.util.Optional.empty() : java.util.Optional.of(seed & 0xFFFFF);
  }
}
