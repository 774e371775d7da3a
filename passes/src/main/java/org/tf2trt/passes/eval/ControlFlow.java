// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;

/** If, Loop and Scan: run their bodies as often as asked. */
final class ControlFlow {
  private final GraphRun run;
  private final Node node;
  private final List<TensorData> inputs;

  private ControlFlow(GraphRun run, Node node, List<TensorData> inputs) {
    this.run = run;
    this.node = node;
    this.inputs = inputs;
  }

  /**
   * Runs the node's bodies.
   *
   * @throws BadCall for any other op, and for operands that do not fit
   */
  static List<TensorData> run(GraphRun run, Node node, List<TensorData> inputs) {
    ControlFlow flow = new ControlFlow(run, node, inputs);
    return switch (node.op()) {
      case "onnx.If" -> flow.branch();
      case "onnx.Loop" -> flow.loop();
      case "onnx.Scan" -> flow.scan();
      default -> throw new BadCall("there is no kernel for " + node.op());
    };
  }

  /** Bodies are then_branch, else_branch. */
  private List<TensorData> branch() {
    return run.body(node.bodies().get(truth(inputs.get(0)) ? 0 : 1), List.of());
  }

  private static boolean truth(TensorData t) {
    if (t.dtype() != DType.BOOL || t.elements() != 1) {
      throw new BadCall("a condition is " + t.type() + ", expected one bool");
    }
    return t.longs()[0] != 0;
  }

  private List<TensorData> loop() {
    Graph body = node.bodies().get(0);
    int carried = inputs.size() - 2;
    long trips = inputs.get(0) == null ? Long.MAX_VALUE : inputs.get(0).longs()[0];
    TensorData go = inputs.get(1) == null ? bool(true) : inputs.get(1);
    List<TensorData> state = new ArrayList<>(inputs.subList(2, inputs.size()));
    List<List<TensorData>> scanned = lists(body.outputs().size() - 1 - carried);
    for (long i = 0; i < trips && truth(go); i++) {
      List<TensorData> arguments = new ArrayList<>();
      arguments.add(TensorData.ofLongs(new long[0], i));
      arguments.add(go);
      arguments.addAll(state);
      List<TensorData> out = run.body(body, arguments);
      go = out.get(0);
      state = new ArrayList<>(out.subList(1, 1 + carried));
      collect(scanned, out.subList(1 + carried, out.size()));
    }
    for (int k = 0; k < scanned.size(); k++) {
      state.add(stack(scanned.get(k), 0, body.outputs().get(1 + carried + k).type()));
    }
    return state;
  }

  private List<TensorData> scan() {
    Graph body = node.bodies().get(0);
    int sequences = Math.toIntExact(node.intAttr("num_scan_inputs", 0));
    int carried = inputs.size() - sequences;
    List<TensorData> state = new ArrayList<>(inputs.subList(0, carried));
    int results = body.outputs().size() - carried;
    long[] inAxes = node.intsAttr("scan_input_axes", new long[sequences]);
    long[] inDirections = node.intsAttr("scan_input_directions", new long[sequences]);
    long[] outAxes = node.intsAttr("scan_output_axes", new long[results]);
    long[] outDirections = node.intsAttr("scan_output_directions", new long[results]);
    List<List<TensorData>> scanned = lists(results);
    long steps = sequences == 0 ? 0 : length(inputs.get(carried), inAxes[0]);
    for (long i = 0; i < steps; i++) {
      List<TensorData> arguments = new ArrayList<>(state);
      for (int k = 0; k < sequences; k++) {
        long at = inDirections[k] == 0 ? i : steps - 1 - i;
        arguments.add(slice(inputs.get(carried + k), inAxes[k], at));
      }
      List<TensorData> out = run.body(body, arguments);
      state = new ArrayList<>(out.subList(0, carried));
      collect(scanned, out.subList(carried, out.size()));
    }
    for (int k = 0; k < results; k++) {
      if (outDirections[k] != 0) {
        Collections.reverse(scanned.get(k));
      }
      state.add(stack(scanned.get(k), outAxes[k], body.outputs().get(carried + k).type()));
    }
    return state;
  }

  private static long length(TensorData t, long axis) {
    return t.shape()[KernelCall.axis(axis, t.rank())];
  }

  /** The slice at {@code at}, without the axis. */
  private static TensorData slice(TensorData t, long axis, long at) {
    int a = KernelCall.axis(axis, t.rank());
    long[] strides = Walk.strides(t.shape());
    long[] shape = t.shape();
    shape[a] = 1;
    if (at >= t.shape()[a]) {
      throw new BadCall("scan inputs differ in length");
    }
    TensorData kept = Moves.strided(t, shape, at * strides[a], strides);
    return kept.reshape(SortKernels.without(shape, a));
  }

  private static TensorData stack(List<TensorData> slices, long axis, TensorType type) {
    int rank = slices.isEmpty() ? type.shape().rank() : slices.get(0).rank();
    int a = KernelCall.axis(axis, rank + 1);
    if (slices.isEmpty()) {
      long[] one = type.shape().dims().stream().mapToLong(ControlFlow::extent).toArray();
      return TensorData.splat(type.dtype(), with(one, a, 0), 0);
    }
    List<TensorData> rows = new ArrayList<>();
    for (TensorData s : slices) {
      rows.add(s.reshape(with(s.shape(), a, 1)));
    }
    return SliceKernels.concat(rows, a);
  }

  /** A dim that no iteration has fixed counts as 0. */
  private static long extent(Dim d) {
    return d.isKnown() ? d.size() : 0;
  }

  private static long[] with(long[] shape, int at, long dim) {
    long[] out = new long[shape.length + 1];
    System.arraycopy(shape, 0, out, 0, at);
    out[at] = dim;
    System.arraycopy(shape, at, out, at + 1, shape.length - at);
    return out;
  }

  private static TensorData bool(boolean value) {
    return TensorData.scalar(DType.BOOL, value ? 1 : 0);
  }

  private static List<List<TensorData>> lists(int count) {
    List<List<TensorData>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static void collect(List<List<TensorData>> lists, List<TensorData> values) {
    for (int i = 0; i < lists.size(); i++) {
      lists.get(i).add(values.get(i));
    }
  }
}
