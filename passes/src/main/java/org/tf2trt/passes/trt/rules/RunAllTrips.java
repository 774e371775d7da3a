// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT collects as many values as a loop's trip count says, whether they are computed or not. A
 * loop that would have ended repeats its last iteration instead, on the same values, and what this
 * adds to the lists is left out behind it.
 */
public final class RunAllTrips implements Rule {
  /** A loop that may run more often than this is not made to. */
  private static final long MOST_TRIPS = 1 << 16;

  @Override
  public String algebra() {
    return "Loop that collects and may end early -> Loop that repeats, Gather(list, NonZero(ran))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Loop");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (!Trips.collects(node)) {
      return Outcome.decline("it collects nothing");
    }
    if (!Trips.mayEndEarly(node)) {
      return Outcome.decline("it runs to its trip count");
    }
    return obstacle(node)
        .map(Outcome::decline)
        .orElseGet(() -> new Replace(new RepeatingLoop(node, context.build()).results()));
  }

  private static Optional<String> obstacle(Node loop) {
    Graph body = loop.bodies().get(0);
    boolean oftenAtMost =
        Constants.longs(loop.optionalInput(0).orElse(Value.Absent.INSTANCE))
            .map(c -> c[0] <= MOST_TRIPS)
            .orElse(!Trips.isUnbounded(loop));
    if (!oftenAtMost) {
      return Optional.of("its trip count is not known, or too large");
    }
    boolean scalars =
        body.outputs().get(0).shape().hasRank(0)
            && loop.optionalInput(1).map(c -> c.shape().hasRank(0)).orElse(true);
    if (!scalars) {
      return Optional.of("its condition is not a scalar");
    }
    for (int i = 0; i < Trips.carried(loop); i++) {
      Shape first = loop.input(2 + i).shape();
      if (!isFixed(first) || !first.equals(body.outputs().get(1 + i).shape())) {
        return Optional.of("what it carries may change its shape");
      }
    }
    return Trips.mayNotBegin(loop) && mayFail(body)
        ? Optional.of("its body may fail where it would not begin")
        : Optional.empty();
  }

  private static boolean isFixed(Shape shape) {
    return shape.isRanked() && shape.dims().stream().noneMatch(Dim.Unknown.class::isInstance);
  }

  /** An index may be out of bounds, or a divisor 0, that no iteration would have seen. */
  private static boolean mayFail(Graph body) {
    return body.nodes().stream()
        .anyMatch(n -> mayFail(n) || n.bodies().stream().anyMatch(RunAllTrips::mayFail));
  }

  private static boolean mayFail(Node n) {
    return switch (n.op()) {
      case "onnx.Gather", "onnx.GatherElements", "onnx.GatherND" -> !isPlace(n.input(1));
      case "onnx.ScatterElements", "onnx.ScatterND" -> !isPlace(n.input(1));
      case "onnx.Div", "onnx.Mod" -> !n.result().dtype().isFloat() && !Constants.is(n.input(1));
      default -> false;
    };
  }

  /** An index that is known, or that of an element: it is in bounds whatever the values are. */
  private static boolean isPlace(Value index) {
    Set<String> moves =
        Set.of("onnx.Squeeze", "onnx.Unsqueeze", "onnx.Reshape", "onnx.Cast", "onnx.Identity");
    Value v = index;
    while (v.producer().filter(n -> moves.contains(n.op())).isPresent()) {
      v = v.producer().get().input(0);
    }
    List<String> places = List.of("onnx.ArgMax", "onnx.ArgMin", "onnx.NonZero");
    return Constants.is(v) || v.producer().filter(n -> places.contains(n.op())).isPresent();
  }
}
