// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.ShapeOperands;

/**
 * Values that are computed from the elements of float inputs. TensorRT computes shapes on the host,
 * from the shapes of inputs and from inputs of integers. Floats may occur on the way, but where one
 * begins with an input of floats, the shape analyser of 10.6 stops at an assertion
 * (graphShapeAnalyzer.cpp, checkCalculationStatusSanity).
 */
final class FloatFed {
  private final Set<Value> fed = Collections.newSetFromMap(new IdentityHashMap<>());

  private FloatFed() {}

  static FloatFed of(Graph graph) {
    FloatFed all = new FloatFed();
    graph.params().stream().filter(p -> p.dtype().isFloat()).forEach(all.fed::add);
    all.graph(graph);
    return all;
  }

  private void graph(Graph graph) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      switch (n.op()) {
        case "onnx.Shape", "onnx.Size" -> {}
        case "onnx.If" -> branches(n);
        case "onnx.Loop" -> iterations(n, 2, 1, n.inputs().size() - 2);
        case "onnx.Scan" ->
            iterations(n, 0, 0, n.inputs().size() - (int) n.intAttr("num_scan_inputs", 0));
        default -> plain(n);
      }
    }
  }

  private void plain(Node n) {
    n.bodies().forEach(this::graph);
    if (n.inputs().stream().anyMatch(fed::contains)) {
      fed.addAll(n.results());
    }
  }

  /** What a branch gives, and everything when floats choose it. */
  private void branches(Node n) {
    n.bodies().forEach(this::graph);
    for (int i = 0; i < n.results().size(); i++) {
      int at = i;
      if (fed.contains(n.input(0))
          || n.bodies().stream().anyMatch(b -> fed.contains(b.outputs().get(at)))) {
        fed.add(n.result(i));
      }
    }
  }

  /**
   * What an iteration hands on reaches the next one, so that a body is followed until nothing is
   * added. How often a loop runs decides what it hands on last, not what it collects.
   *
   * @param inputs of the loop, and parameters of its body, before those that are handed on
   * @param outputs of the body before those that are handed on
   */
  private void iterations(Node n, int inputs, int outputs, int carried) {
    Graph body = n.bodies().get(0);
    for (int i = inputs; i < n.inputs().size(); i++) {
      follow(n.input(i), body.params().get(i));
    }
    int before;
    do {
      before = fed.size();
      graph(body);
      for (int i = 0; i < carried; i++) {
        follow(body.outputs().get(outputs + i), body.params().get(inputs + i));
      }
    } while (fed.size() > before);
    boolean counted =
        n.is("onnx.Loop")
            && (fed.contains(n.input(0))
                || fed.contains(n.input(1))
                || fed.contains(body.outputs().get(0)));
    for (int i = 0; i < n.results().size(); i++) {
      follow(body.outputs().get(outputs + i), n.result(i));
      if (i < carried && (counted || fed.contains(n.input(inputs + i)))) {
        fed.add(n.result(i));
      }
    }
  }

  private void follow(Value from, Value to) {
    if (fed.contains(from)) {
      fed.add(to);
    }
  }

  Optional<String> against(Node node) {
    for (int i : ShapeOperands.of(node.op())) {
      if (node.optionalInput(i).filter(fed::contains).isPresent()) {
        return Optional.of("input %d is a shape and computed from floats of an input".formatted(i));
      }
    }
    return Optional.empty();
  }
}
