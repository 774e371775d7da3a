// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** A Loop that runs a fixed number of times, seen as steps through time. */
final class TimeLoop {
  private final Node loop;
  private final Graph body;

  private TimeLoop(Node loop) {
    this.loop = loop;
    this.body = loop.bodies().get(0);
  }

  /** Empty when a condition may end the loop early. */
  static Optional<TimeLoop> of(Node loop) {
    Graph body = loop.bodies().get(0);
    boolean starts = loop.optionalInput(1).map(TimeLoop::isTrue).orElse(true);
    Value next = body.outputs().get(0);
    boolean goesOn = isTrue(next) || next == body.params().get(1);
    return starts && goesOn && loop.optionalInput(0).isPresent()
        ? Optional.of(new TimeLoop(loop))
        : Optional.empty();
  }

  private static boolean isTrue(Value v) {
    return v.constant().filter(c -> c.elements() == 1 && c.longs()[0] != 0).isPresent();
  }

  Node node() {
    return loop;
  }

  Graph body() {
    return body;
  }

  Value trips() {
    return loop.input(0);
  }

  int carried() {
    return loop.inputs().size() - 2;
  }

  Value initial(int i) {
    return loop.input(2 + i);
  }

  Value param(int i) {
    return body.params().get(2 + i);
  }

  Value next(int i) {
    return body.outputs().get(1 + i);
  }

  /** What each step adds to the scan outputs. */
  List<Value> scanned() {
    return body.outputs().subList(1 + carried(), body.outputs().size());
  }

  /** The node of the body that makes the value. */
  Optional<Node> inside(Value v) {
    return v.producer().filter(n -> n.graph() == body);
  }

  boolean isOutside(Value v) {
    return inside(v).isEmpty() && !body.params().contains(v);
  }

  boolean isStep(Value v) {
    Value at = v;
    while (inside(at).filter(n -> n.is("onnx.Cast")).isPresent()) {
      at = at.producer().get().input(0);
    }
    return at == body.params().get(0);
  }

  /** The tensor {@code [time, ...]} of which the value is the slice of this step. */
  Optional<Value> sequence(Value v) {
    return inside(v)
        .filter(n -> n.is("onnx.Gather") && n.intAttr("axis", 0) == 0)
        .filter(n -> isOutside(n.input(0)) && isStep(n.input(1)))
        .filter(n -> n.input(1).shape().hasRank(0))
        .map(n -> n.input(0));
  }
}
