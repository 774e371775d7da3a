// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Cells and layers that TensorFlow 1 has as single ops, spelt out as in its kernels (lstm_ops.cc,
 * gru_ops.cc). A layer becomes a Loop, which is recognised as an LSTM where it is one.
 */
final class RecurrentLowerings {
  private static final int OUTPUTS = 7;

  private RecurrentLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("LSTMBlockCell", RecurrentLowerings::lstmCell);
    table.add("GRUBlockCell", RecurrentLowerings::gruCell);
    table.add("BlockLSTM", (node, build) -> layer(node, build, true));
    table.add("BlockLSTMV2", (node, build) -> layer(node, build, false));
  }

  /**
   * The weights of a cell and how it is set.
   *
   * @param w {@code [inputs + hidden, 4 * hidden]}
   * @param peepholes of i, f and o; empty for none
   * @param updateFirst the gates are i, c, f, o rather than i, f, c, o
   */
  private record Lstm(
      Value w,
      List<Value> peepholes,
      Value bias,
      double forgetBias,
      double clip,
      boolean updateFirst) {
    /** i, cs, f, o, ci, co and h, as the ops list them. */
    List<Value> step(OnnxBuilder b, Value x, Value c, Value h) {
      Value all = b.add(b.op("MatMul", b.concat(1, x, h), w), bias);
      Map<String, Attr> four = Map.of("axis", Attr.of(1L), "num_outputs", Attr.of(4L));
      List<Value> gates = b.ops("Split", 4, four, all);
      Value forget = gates.get(updateFirst ? 2 : 1);
      if (forgetBias != 0) {
        forget = b.add(forget, b.scalarLike(all, forgetBias));
      }
      Value i = b.op("Sigmoid", peep(b, gates.get(0), c, 0));
      Value f = b.op("Sigmoid", peep(b, forget, c, 1));
      Value ci = b.op("Tanh", gates.get(updateFirst ? 1 : 2));
      Value cs = b.add(b.mul(f, c), b.mul(i, ci));
      if (clip > 0) {
        cs = b.op("Clip", cs, b.scalarLike(all, -clip), b.scalarLike(all, clip));
      }
      Value o = b.op("Sigmoid", peep(b, gates.get(3), cs, 2));
      Value co = b.op("Tanh", cs);
      return List.of(i, cs, f, o, ci, co, b.mul(o, co));
    }

    private Value peep(OnnxBuilder b, Value gate, Value c, int which) {
      return peepholes.isEmpty() ? gate : b.add(gate, b.mul(c, peepholes.get(which)));
    }
  }

  /** Inputs {@code from} on are w, the three peepholes and b. */
  private static Lstm lstm(TfNode node, int from, boolean updateFirst) {
    boolean peeps = node.flag("use_peephole");
    List<Value> peepholes =
        peeps
            ? List.of(node.input(from + 1), node.input(from + 2), node.input(from + 3))
            : List.of();
    double forgetBias = node.has("forget_bias") ? node.number("forget_bias") : 0;
    return new Lstm(
        node.input(from),
        peepholes,
        node.input(from + 4),
        forgetBias,
        node.number("cell_clip"),
        updateFirst);
  }

  private static List<Value> lstmCell(TfNode node, OnnxBuilder build) {
    return lstm(node, 3, true).step(build, node.input(0, 2), node.input(1, 2), node.input(2, 2));
  }

  private static List<Value> gruCell(TfNode node, OnnxBuilder b) {
    Value x = node.input(0, 2);
    Value h = node.input(1, 2);
    Value both = b.add(b.op("MatMul", b.concat(1, x, h), node.input(2)), node.input(4));
    Map<String, Attr> two = Map.of("axis", Attr.of(1L), "num_outputs", Attr.of(2L));
    List<Value> gates = b.ops("Split", 2, two, both);
    Value r = b.op("Sigmoid", gates.get(0));
    Value u = b.op("Sigmoid", gates.get(1));
    Value reset = b.concat(1, x, b.mul(r, h));
    Value c = b.op("Tanh", b.add(b.op("MatMul", reset, node.input(3)), node.input(5)));
    Value fresh = b.mul(b.sub(b.scalarLike(u, 1), u), c);
    return List.of(r, u, c, b.add(b.mul(u, h), fresh));
  }

  /** {@code x} is {@code [time, batch, inputs]}; what is past the given length is 0. */
  private static List<Value> layer(TfNode node, OnnxBuilder build, boolean updateFirst) {
    Value x = node.input(1, 3);
    Lstm cell = lstm(node, 4, updateFirst);
    Graph body = new Graph(node.name());
    Value step = body.addParam("iteration", TensorType.of(DType.I64));
    body.addParam("condition", TensorType.of(DType.BOOL));
    Value c = body.addParam("cs", node.input(2, 2).type());
    Value h = body.addParam("h", node.input(3, 2).type());
    OnnxBuilder inside =
        new OnnxBuilder(body, null, build.provenance(), build.inference(), created -> {});
    Value now = inside.op("Gather", Map.of("axis", Attr.of(0L)), x, step);
    List<Value> made = cell.step(inside, now, c, h);
    body.addOutput("condition", inside.scalar(DType.BOOL, 1));
    body.addOutput("next_cs", made.get(1));
    body.addOutput("next_h", made.get(OUTPUTS - 1));
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < OUTPUTS; i++) {
      if (node.isUsed(i)) {
        used.add(i);
        body.addOutput("output_" + i, made.get(i));
      }
    }
    Value time = build.reshape(build.dim(x, 0));
    List<Value> inputs = List.of(time, OnnxBuilder.absent(), node.input(2), node.input(3));
    List<Value> all = build.ops("Loop", 2 + used.size(), Map.of(), inputs, List.of(body));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < OUTPUTS; i++) {
      int at = used.indexOf(i);
      outputs.add(at < 0 ? OnnxBuilder.absent() : cut(node, build, all.get(2 + at), time));
    }
    return outputs;
  }

  /** Only the first {@code seq_len_max} steps. */
  private static Value cut(TfNode node, OnnxBuilder b, Value y, Value time) {
    Value length = b.cast(b.reshape(node.input(0)), DType.I64);
    boolean whole =
        length.constant().isPresent()
            && time.constant().isPresent()
            && length.constant().get().longs()[0] >= time.constant().get().longs()[0];
    if (whole) {
      return y;
    }
    Value zero = b.constant(TensorData.ofLongs(new long[0], 0));
    Value one = b.constant(TensorData.ofLongs(new long[0], 1));
    Value within = b.op("Less", b.op("Range", zero, time, one), length);
    return b.where(b.unsqueeze(within, 1, 2), y, b.scalarLike(y, 0));
  }
}
