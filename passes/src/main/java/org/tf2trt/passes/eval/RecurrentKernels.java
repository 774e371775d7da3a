// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.facts.Constants;

/** RNN, GRU and LSTM, time first; without clipping. */
final class RecurrentKernels {
  private static final List<String> LSTM = List.of("Sigmoid", "Tanh", "Tanh");
  private static final List<String> GRU = List.of("Sigmoid", "Tanh");

  private RecurrentKernels() {}

  static void addTo(Map<String, Kernel> table) {
    table.put("onnx.RNN", c -> run(c, 1, List.of("Tanh")));
    table.put("onnx.GRU", c -> run(c, 3, GRU));
    table.put("onnx.LSTM", c -> run(c, 4, LSTM));
  }

  private static List<TensorData> run(KernelCall call, int gates, List<String> byDefault) {
    String direction = call.strAttr("direction", "forward");
    if (!direction.equals("bidirectional")) {
      return new Run(call, gates, byDefault, 0, direction.equals("reverse")).run();
    }
    List<TensorData> there = new Run(call, gates, byDefault, 0, false).run();
    List<TensorData> back = new Run(call, gates, byDefault, 1, true).run();
    List<TensorData> both = new ArrayList<>();
    for (int i = 0; i < there.size(); i++) {
      Map<String, Attr> axis = Map.of("axis", Attr.of(i == 0 ? 1L : 0L));
      both.add(Constants.compute("Concat", axis, there.get(i), back.get(i)).orElseThrow());
    }
    return both;
  }

  private static final class Run {
    private final KernelCall call;
    private final int gates;
    private final List<DoubleUnaryOperator> functions = new ArrayList<>();
    private final int time;
    private final int batch;
    private final int inputs;
    private final int hidden;
    private final double[] x;
    private final double[] w;
    private final double[] u;
    private final double[] b;
    private final double[] p;
    private final int direction;
    private final boolean backwards;

    Run(KernelCall call, int gates, List<String> byDefault, int direction, boolean backwards) {
      this.call = call;
      this.gates = gates;
      this.direction = direction;
      this.backwards = backwards;
      if (call.intAttr("layout", 0) != 0 || call.hasAttr("clip")) {
        throw new BadCall("only time first, without clipping");
      }
      long[] shape = call.in(0).shape();
      this.time = (int) shape[0];
      this.batch = (int) shape[1];
      this.inputs = (int) shape[2];
      this.hidden = (int) call.in(2).shape()[2];
      this.x = call.in(0).doubles();
      this.w = ofDirection(call.in(1).doubles(), gates * hidden * inputs);
      this.u = ofDirection(call.in(2).doubles(), gates * hidden * hidden);
      this.b = given(3, 2 * gates * hidden);
      this.p = given(7, 3 * hidden);
      activations(byDefault);
    }

    /** The part of this direction; zeros when the input is not given. */
    private double[] given(int input, int length) {
      return call.opt(input).map(t -> ofDirection(t.doubles(), length)).orElse(new double[length]);
    }

    private double[] ofDirection(double[] all, int length) {
      return Arrays.copyOfRange(all, direction * length, (direction + 1) * length);
    }

    private void activations(List<String> byDefault) {
      List<String> names = new ArrayList<>(byDefault);
      if (call.attrs().get("activations") instanceof Attr.Many many) {
        names.clear();
        many.values().forEach(a -> names.add(((Attr.Str) a).value()));
      }
      int next = 0;
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        boolean hard = name.equals("HardSigmoid");
        double alpha = hard ? parameter("activation_alpha", next, 0.2) : 0;
        double beta = hard ? parameter("activation_beta", next, 0.5) : 0;
        next += hard ? 1 : 0;
        functions.add(function(name, alpha, beta));
      }
      int each = byDefault.size();
      if (functions.size() > each) {
        functions.subList(0, direction * each).clear();
      }
    }

    private double parameter(String attr, int index, double otherwise) {
      return call.attrs().get(attr) instanceof Attr.Reals r && index < r.values().size()
          ? (float) (double) r.values().get(index)
          : otherwise;
    }

    private static DoubleUnaryOperator function(String name, double alpha, double beta) {
      return switch (name) {
        case "Sigmoid" -> v -> 1 / (1 + Math.exp(-v));
        case "Tanh" -> Math::tanh;
        case "Relu" -> v -> Math.max(0, v);
        case "Softsign" -> v -> v / (1 + Math.abs(v));
        case "HardSigmoid" -> v -> Math.max(0, Math.min(1, alpha * v + beta));
        default -> throw new BadCall("activation " + name);
      };
    }

    List<TensorData> run() {
      double[] h = given(5, batch * hidden);
      double[] c = gates == 4 ? given(6, batch * hidden) : new double[batch * hidden];
      long[] lengths = call.optLongs(4).orElse(null);
      double[] y = new double[time * batch * hidden];
      for (int k = 0; k < time; k++) {
        int t = backwards ? time - 1 - k : k;
        for (int n = 0; n < batch; n++) {
          if (lengths == null || t < lengths[n]) {
            step(t, n, h, c);
            System.arraycopy(h, n * hidden, y, (t * batch + n) * hidden, hidden);
          }
        }
      }
      long[] last = {1, batch, hidden};
      var dtype = call.in(0).dtype();
      return List.of(
          Results.ofDoubles(dtype, new long[] {time, 1, batch, hidden}, y),
          Results.ofDoubles(dtype, last, h),
          Results.ofDoubles(dtype, last, c));
    }

    private void step(int t, int n, double[] h, double[] c) {
      double[] state = Arrays.copyOfRange(h, n * hidden, (n + 1) * hidden);
      double[] reset = new double[hidden];
      if (gates == 3) {
        for (int j = 0; j < hidden; j++) {
          reset[j] = functions.get(0).applyAsDouble(input(t, n, 1, j) + product(state, 1, j));
        }
      }
      for (int j = 0; j < hidden; j++) {
        int at = n * hidden + j;
        if (gates == 1) {
          h[at] = functions.get(0).applyAsDouble(input(t, n, 0, j) + product(state, 0, j));
        } else if (gates == 3) {
          h[at] = gru(t, n, j, state, reset);
        } else {
          c[at] = cell(t, n, j, state, c[at]);
          double peep = p[hidden + j] * c[at];
          double o =
              functions.get(0).applyAsDouble(input(t, n, 1, j) + product(state, 1, j) + peep);
          h[at] = o * functions.get(2).applyAsDouble(c[at]);
        }
      }
    }

    private double cell(int t, int n, int j, double[] state, double before) {
      double in = input(t, n, 0, j) + product(state, 0, j) + p[j] * before;
      double keep = input(t, n, 2, j) + product(state, 2, j) + p[2 * hidden + j] * before;
      double i = functions.get(0).applyAsDouble(in);
      double f = functions.get(0).applyAsDouble(keep);
      double g = functions.get(1).applyAsDouble(input(t, n, 3, j) + product(state, 3, j));
      return f * before + i * g;
    }

    private double gru(int t, int n, int j, double[] state, double[] reset) {
      double z = functions.get(0).applyAsDouble(input(t, n, 0, j) + product(state, 0, j));
      double scaled;
      if (call.intAttr("linear_before_reset", 0) != 0) {
        scaled = reset[j] * product(state, 2, j);
      } else {
        double[] both = new double[hidden];
        for (int k = 0; k < hidden; k++) {
          both[k] = reset[k] * state[k];
        }
        scaled = product(both, 2, j);
      }
      double fresh = functions.get(1).applyAsDouble(input(t, n, 2, j) + scaled);
      return (1 - z) * fresh + z * state[j];
    }

    /** The input's share of column {@code j} of a gate, with its bias. */
    private double input(int t, int n, int gate, int j) {
      int row = gate * hidden + j;
      double sum = b[row];
      for (int k = 0; k < inputs; k++) {
        sum += x[(t * batch + n) * inputs + k] * w[row * inputs + k];
      }
      return sum;
    }

    /** The state's share, with its bias. */
    private double product(double[] state, int gate, int j) {
      int row = gate * hidden + j;
      double sum = b[gates * hidden + row];
      for (int k = 0; k < hidden; k++) {
        sum += state[k] * u[row * hidden + k];
      }
      return sum;
    }
  }
}
