// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/** If, Loop and Scan, from the types in their bodies, which must have been inferred before. */
final class ControlShapes {
  private ControlShapes() {}

  static void register(ShapeFunctions.Table t) {
    t.add(ControlShapes::branch, "If");
    t.add(ControlShapes::loop, "Loop");
    t.add(ControlShapes::scan, "Scan");
  }

  private static List<TensorType> branch(OpCall c) {
    Graph yes = body(c, 0, 2);
    Graph no = body(c, 1, 2);
    if (yes.outputs().size() != no.outputs().size()) {
      throw c.malformed(
          "the branches give " + yes.outputs().size() + " and " + no.outputs().size() + " outputs");
    }
    Optional<long[]> known = c.longs(0).filter(v -> v.length == 1);
    List<TensorType> all = new ArrayList<>();
    for (int i = 0; i < yes.outputs().size(); i++) {
      TensorType a = yes.outputs().get(i).type();
      TensorType b = no.outputs().get(i).type();
      if (a.dtype() != b.dtype()) {
        throw c.malformed("output " + i + " is " + a + " in one branch and " + b + " in the other");
      }
      Shape joined = a.shape().join(b.shape());
      all.add(known.isEmpty() ? a.withShape(joined) : known.get()[0] != 0 ? a : b);
    }
    return all;
  }

  private static Graph body(OpCall c, int i, int count) {
    if (c.bodies().size() != count) {
      throw c.malformed("the node has " + c.bodies().size() + " bodies, expected " + count);
    }
    return c.bodies().get(i);
  }

  private static List<TensorType> loop(OpCall c) {
    Graph body = body(c, 0, 1);
    int carried = c.inputs().size() - 2;
    if (carried < 0 || body.params().size() != carried + 2 || body.outputs().size() < carried + 1) {
      throw c.malformed(
          "the body has "
              + body.params().size()
              + " parameters and "
              + body.outputs().size()
              + " outputs for "
              + carried
              + " carried values");
    }
    List<TensorType> all = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      all.add(carried(c, c.input(2 + i), body.params().get(2 + i), body.outputs().get(1 + i)));
    }
    Dim trips = tripCount(c, body);
    for (Value out : body.outputs().subList(1 + carried, body.outputs().size())) {
      all.add(stacked(out.type(), 0, trips));
    }
    return all;
  }

  /** Either the initial value, or what the last round gave, which the parameter could hold. */
  private static TensorType carried(OpCall c, Value initial, Value param, Value out) {
    if (initial.dtype() != out.dtype() || param.dtype() != out.dtype()) {
      throw c.malformed(
          "a carried value starts as "
              + initial.type()
              + ", is read as "
              + param.type()
              + " and comes back as "
              + out.type()
              + ", expected one dtype");
    }
    Shape joined = initial.shape().join(out.shape());
    return initial.type().withShape(Dims.meet(param.shape(), joined).orElse(joined));
  }

  /** Known only when no condition ends the loop early. */
  private static Dim tripCount(OpCall c, Graph body) {
    boolean starts = !c.has(1) || isTrue(c.inference(), c.inputs().get(1));
    Value next = body.outputs().get(0);
    while (next.producer("onnx.Identity").isPresent()) {
      next = next.producer().get().input(0);
    }
    boolean goesOn = next == body.params().get(1) || isTrue(c.inference(), next);
    Dim limit = MakerShapes.scalar(c, 0);
    return starts && goesOn ? limit.max(Dim.of(0)) : Dim.UNKNOWN;
  }

  private static boolean isTrue(Inference inference, Value v) {
    return inference.values(v).filter(d -> d.size() == 1 && d.get(0).is(1)).isPresent();
  }

  private static TensorType stacked(TensorType element, int axis, Dim count) {
    if (!element.shape().isRanked()) {
      return element;
    }
    List<Dim> dims = new ArrayList<>(element.shape().dims());
    dims.add(axis, count);
    return element.withShape(Shape.of(dims));
  }

  private static List<TensorType> scan(OpCall c) {
    Graph body = body(c, 0, 1);
    int scanned = (int) c.intAttr("num_scan_inputs", 0);
    int states = c.inputs().size() - scanned;
    if (scanned < 1
        || states < 0
        || body.params().size() != c.inputs().size()
        || body.outputs().size() < states) {
      throw c.malformed("the body's parameters or outputs do not fit num_scan_inputs " + scanned);
    }
    List<TensorType> all = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      all.add(carried(c, c.input(i), body.params().get(i), body.outputs().get(i)));
    }
    Dim length = Dim.UNKNOWN;
    for (int i = 0; i < scanned; i++) {
      Shape s = c.shape(states + i);
      Dim here = s.isRanked() ? s.dim(axis(c, "scan_input_axes", i, s.rank())) : Dim.UNKNOWN;
      Dim before = length;
      length =
          Dims.meet(length, here)
              .orElseThrow(() -> Dims.bad("scan inputs have lengths " + before + " and " + here));
    }
    for (int i = states; i < body.outputs().size(); i++) {
      TensorType element = body.outputs().get(i).type();
      int rank = element.shape().isRanked() ? element.shape().rank() + 1 : 1;
      all.add(stacked(element, axis(c, "scan_output_axes", i - states, rank), length));
    }
    return all;
  }

  static int axis(OpCall c, String attr, int i, int rank) {
    long axis = c.ints(attr).filter(a -> i < a.length).map(a -> a[i]).orElse(0L);
    return rank == 1 && axis != 0 ? 0 : c.axis(axis, rank);
  }
}
