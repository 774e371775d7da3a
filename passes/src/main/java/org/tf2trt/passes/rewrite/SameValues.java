// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rewrite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.eval.Evaluator;

/** Evaluates two graphs on the same random inputs and compares what they give. */
final class SameValues {
  private static final Map<String, Dim> SIZES =
      Map.of("N", Dim.of(2), "H", Dim.of(4), "W", Dim.of(6), "C", Dim.of(3), "T", Dim.of(5));

  private SameValues() {}

  static void check(Graph before, Graph after) {
    Map<String, TensorData> inputs = inputs(before);
    Map<String, TensorData> expected = Evaluator.evaluate(before, inputs);
    Map<String, TensorData> actual = Evaluator.evaluate(after, inputs);
    expected.forEach((name, tensor) -> compare(name, tensor, actual.get(name)));
  }

  /** Relative to the largest magnitude of an output: the error that reordered sums may make. */
  private static double tolerance(DType dtype) {
    return switch (dtype) {
      case F64 -> 1e-12;
      case F32 -> 2e-6;
      case F16 -> 2e-3;
      case BF16 -> 2e-2;
      default -> 0;
    };
  }

  private static void compare(String name, TensorData expected, TensorData actual) {
    Expect.equal(expected.type(), actual.type(), name);
    if (!expected.dtype().isFloat()) {
      Expect.equal(expected.longs(), actual.longs(), name);
      return;
    }
    double largest = 0;
    for (double v : expected.doubles()) {
      largest = Math.max(largest, Double.isFinite(v) ? Math.abs(v) : 0);
    }
    double delta = Math.max(largest * tolerance(expected.dtype()), Double.MIN_VALUE);
    Expect.near(expected.doubles(), actual.doubles(), delta, name);
  }

  private static Map<String, TensorData> inputs(Graph graph) {
    Random random = new Random(17);
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    for (Value.Param p : graph.params()) {
      long[] shape = p.shape().dims().stream().mapToLong(d -> d.substitute(SIZES).size()).toArray();
      inputs.put(p.name(), tensor(p.dtype(), shape, random));
    }
    return inputs;
  }

  private static TensorData tensor(DType dtype, long[] shape, Random random) {
    long count = 1;
    for (long d : shape) {
      count *= d;
    }
    var bytes = Elements.allocate(dtype, count);
    for (int i = 0; i < count; i++) {
      if (dtype.isFloat()) {
        Elements.putDouble(dtype, bytes, i, random.nextGaussian() * 2);
      } else {
        Elements.putLong(dtype, bytes, i, random.nextInt(dtype == DType.BOOL ? 2 : 100));
      }
    }
    return TensorData.of(dtype, shape, bytes);
  }
}
