// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** Functions of whole lanes along an axis. */
final class SoftmaxKernels {
  private SoftmaxKernels() {}

  static void addTo(Map<String, Kernel> table) {
    table.put("onnx.Softmax", c -> lanes(c, v -> softmax(v, false)));
    table.put("onnx.LogSoftmax", c -> lanes(c, v -> softmax(v, true)));
    table.put("onnx.Hardmax", c -> lanes(c, SoftmaxKernels::hardmax));
    table.put("onnx.LpNormalization", SoftmaxKernels::lpNormalization);
  }

  /** Changes one lane in place. */
  @FunctionalInterface
  interface Change {
    void apply(double[] lane);
  }

  static List<TensorData> lanes(KernelCall c, Change change) {
    TensorData x = c.in(0);
    DType t = x.dtype();
    if (!t.isFloat()) {
      throw new BadCall("expected a float type, got " + x.type());
    }
    Lanes lanes = Lanes.of(x.shape(), KernelCall.axis(c.intAttr("axis", -1), x.rank()));
    return List.of(
        Results.of(
            t,
            x.shape(),
            out -> {
              ByteBuffer in = x.bytes();
              double[] lane = new double[lanes.length()];
              for (int l = 0; l < lanes.count(); l++) {
                for (int i = 0; i < lane.length; i++) {
                  lane[i] = Elements.getDouble(t, in, lanes.start(l) + i * lanes.inner());
                }
                change.apply(lane);
                for (int i = 0; i < lane.length; i++) {
                  Elements.putDouble(t, out, lanes.start(l) + i * lanes.inner(), lane[i]);
                }
              }
            }));
  }

  static void softmax(double[] v, boolean log) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : v) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : v) {
      sum += Math.exp(x - max);
    }
    for (int i = 0; i < v.length; i++) {
      v[i] = log ? v[i] - max - Math.log(sum) : Math.exp(v[i] - max) / sum;
    }
  }

  private static void hardmax(double[] v) {
    int best = 0;
    for (int i = 1; i < v.length; i++) {
      best = v[i] > v[best] ? i : best;
    }
    for (int i = 0; i < v.length; i++) {
      v[i] = i == best ? 1 : 0;
    }
  }

  /** A lane of zeros stays zero. */
  private static List<TensorData> lpNormalization(KernelCall c) {
    long p = c.intAttr("p", 2);
    if (p != 1 && p != 2) {
      throw new BadCall("p is " + p + ", expected 1 or 2");
    }
    return lanes(
        c,
        v -> {
          double sum = 0;
          for (double x : v) {
            sum += p == 1 ? Math.abs(x) : x * x;
          }
          double norm = p == 1 ? sum : Math.sqrt(sum);
          for (int i = 0; i < v.length && norm != 0; i++) {
            v[i] /= norm;
          }
        });
  }
}
