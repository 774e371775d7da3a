// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Refines the parameters of Loop and Scan bodies. A carried value may take the shape of its initial
 * value when, under that assumption, the body gives the shape back; where it does not, the dims
 * that change are given up and the body is tried again.
 */
final class LoopBodies {
  private static final int MAX_ROUNDS = 8;

  private LoopBodies() {}

  /** Leaves the body of {@code n} inferred. */
  static void infer(Node n, Inference inference) {
    Graph body = n.bodies().get(0);
    boolean loop = n.is("onnx.Loop");
    int firstInput = loop ? 2 : 0;
    int firstOutput = loop ? 1 : 0;
    int carried =
        loop ? n.inputs().size() - 2 : n.inputs().size() - (int) n.intAttr("num_scan_inputs", 0);
    boolean fits =
        carried >= 0
            && body.params().size() >= firstInput + carried
            && body.outputs().size() >= firstOutput + carried;
    if (fits && !loop) {
      sliceScanned(n, body, carried);
    }
    if (fits) {
      List<Value> params = List.copyOf(body.params().subList(firstInput, firstInput + carried));
      List<Value> outputs = body.outputs().subList(firstOutput, firstOutput + carried);
      if (narrow(body, params, n.inputs().subList(firstInput, firstInput + carried), outputs)) {
        return;
      }
    }
    InferShapes.run(body, inference);
  }

  /** What Scan iterates over arrives without the scanned axis. */
  private static void sliceScanned(Node n, Graph body, int states) {
    long[] axes = n.intsAttr("scan_input_axes");
    for (int i = states; i < Math.min(n.inputs().size(), body.params().size()); i++) {
      Shape whole = n.input(i).shape();
      long asked = i - states < axes.length ? axes[i - states] : 0;
      if (whole.isRanked() && asked >= -whole.rank() && asked < whole.rank()) {
        int axis = (int) (asked < 0 ? asked + whole.rank() : asked);
        Shape slice = ReduceShapes.drop(whole, new int[] {axis}, false);
        Value param = body.params().get(i);
        param.refine(Dims.meet(param.shape(), slice).orElse(param.shape()));
      }
    }
  }

  /** True when better shapes were found and the body holds them. */
  private static boolean narrow(
      Graph body, List<Value> params, List<Value> initial, List<Value> outputs) {
    List<Shape> declared = params.stream().map(Value::shape).toList();
    List<Shape> assumed = new ArrayList<>();
    for (int i = 0; i < params.size(); i++) {
      Shape start = initial.get(i).isPresent() ? initial.get(i).shape() : Shape.UNRANKED;
      assumed.add(Dims.meet(declared.get(i), start).orElse(declared.get(i)));
    }
    Map<Value, Shape> before = snapshot(body);
    for (int round = 0; round < MAX_ROUNDS && !assumed.equals(declared); round++) {
      if (holds(body, params, assumed, outputs)) {
        return true;
      }
      List<Shape> weaker = new ArrayList<>();
      for (int i = 0; i < params.size(); i++) {
        Shape joined = assumed.get(i).join(outputs.get(i).shape());
        weaker.add(Dims.meet(declared.get(i), joined).orElse(declared.get(i)));
      }
      before.forEach(Value::refine);
      if (weaker.equals(assumed)) {
        break;
      }
      assumed = weaker;
    }
    return false;
  }

  /** A fresh memo each time, since what follows from a wrong assumption must be forgotten. */
  private static boolean holds(
      Graph body, List<Value> params, List<Shape> assumed, List<Value> outputs) {
    for (int i = 0; i < params.size(); i++) {
      params.get(i).refine(assumed.get(i));
    }
    try {
      InferShapes.run(body, new Inference());
    } catch (DiagnosticException contradiction) {
      return false;
    }
    for (int i = 0; i < params.size(); i++) {
      if (!assumed.get(i).join(outputs.get(i).shape()).equals(assumed.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Map<Value, Shape> snapshot(Graph body) {
    Map<Value, Shape> shapes = new LinkedHashMap<>();
    collect(body, shapes);
    return shapes;
  }

  private static void collect(Graph g, Map<Value, Shape> into) {
    g.params().forEach(p -> into.put(p, p.shape()));
    for (Node n = g.first(); n != null; n = n.next()) {
      n.results().forEach(r -> into.put(r, r.shape()));
      n.bodies().forEach(b -> collect(b, into));
    }
  }
}
