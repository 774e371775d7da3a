// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.quantized;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * Finds the steps in which outputs of an imported TensorFlow graph are quantised: those of the
 * quantisation of values of the run that is nearest to each, with one layer of weights between at
 * most. Further away, a step says nothing about the output.
 */
public final class QuantizationSteps {
  private static final String VARS = "tf.FakeQuantWithMinMaxVars";
  private static final String PER_CHANNEL = "tf.FakeQuantWithMinMaxVarsPerChannel";
  private static final String ARGS = "tf.FakeQuantWithMinMaxArgs";

  private static final Set<String> WEIGHTED =
      Set.of(
          "tf.Conv2D",
          "tf.Conv3D",
          "tf.DepthwiseConv2dNative",
          "tf.Conv2DBackpropInput",
          "tf.Conv3DBackpropInputV2",
          "tf.MatMul",
          "tf.BatchMatMul",
          "tf.BatchMatMulV2",
          "tf.BatchMatMulV3",
          "tf.Einsum");

  private static final Set<String> TO_INTEGERS =
      Set.of("tf.QuantizeV2", "tf.Requantize", "tf.QuantizeDownAndShrinkRange");

  private static final Set<String> FORWARDED =
      Set.of("tf.Identity", "tf.ReadVariableOp", "tf.StopGradient");

  private final Set<Value> ofRun = Collections.newSetFromMap(new IdentityHashMap<>());

  private QuantizationSteps(Graph graph) {
    ofRun.addAll(graph.params());
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(ofRun::contains) || !node.bodies().isEmpty()) {
        ofRun.addAll(node.results());
      }
    }
  }

  /** By the names of float outputs; outputs that are not quantised are missing. */
  public static Map<String, QuantizationStep> of(Graph imported) {
    QuantizationSteps steps = new QuantizationSteps(imported);
    Map<String, QuantizationStep> found = new LinkedHashMap<>();
    for (int i = 0; i < imported.outputs().size(); i++) {
      String name = imported.outputNames().get(i);
      Value output = imported.outputs().get(i);
      if (output.dtype().isFloat()) {
        steps.before(output).ifPresent(s -> found.put(name, s));
      }
    }
    return found;
  }

  /**
   * Every node that quantises a value of the run in steps that are known, and, if there is one,
   * those that decide between values, in definition order. The steps of eight-bit integers are 1,
   * whatever range they stand for.
   */
  public static List<Jump> jumps(Graph imported) {
    QuantizationSteps steps = new QuantizationSteps(imported);
    List<Jump> all = new ArrayList<>();
    boolean quantises = false;
    for (Node node : imported.nodes()) {
      if (node.results().isEmpty() || !steps.ofRun.contains(node.result(0))) {
        continue;
      }
      Optional<Jump> jump = jump(node);
      quantises |= jump.isPresent();
      jump.or(() -> decision(node)).ifPresent(all::add);
    }
    return quantises ? all : List.of();
  }

  private static Optional<Jump> jump(Node node) {
    String name = node.provenance().name();
    if (node.op().startsWith("tf.FakeQuantWith")) {
      return step(node).map(s -> new Jump(name, s.size(), Optional.empty()));
    }
    boolean eightBits = TO_INTEGERS.contains(node.op()) && node.result(0).dtype().bytes() == 1;
    return eightBits ? Optional.of(new Jump(name, 1, Optional.empty())) : Optional.empty();
  }

  private static Optional<Jump> decision(Node node) {
    if (!node.op().equals("tf.ArgMax") || !(node.input(0) instanceof Value.Result scores)) {
      return Optional.empty();
    }
    String tensor = scores.node().provenance().name() + ":" + scores.index();
    return constant(node.input(1))
        .map(
            axis ->
                new Jump(
                    node.provenance().name(),
                    0,
                    Optional.of(new Jump.Scores(tensor, (int) axis.longs()[0]))));
  }

  /** A value and the layers of weights between it and the output. */
  private record Reached(Value value, int layers) {}

  private Optional<QuantizationStep> before(Value output) {
    QuantizationStep largest = null;
    Map<Value, Integer> fewest = new IdentityHashMap<>();
    Deque<Reached> open = new ArrayDeque<>(List.of(new Reached(output, 0)));
    while (!open.isEmpty()) {
      Reached at = open.poll();
      Integer known = fewest.get(at.value());
      if (!(at.value() instanceof Value.Result r)
          || !ofRun.contains(r)
          || known != null && known <= at.layers()) {
        continue;
      }
      fewest.put(r, at.layers());
      Node node = r.node();
      if (node.op().startsWith("tf.FakeQuantWith")) {
        Optional<QuantizationStep> step = step(node);
        if (step.isPresent() && (largest == null || step.get().size() > largest.size())) {
          largest = step.get();
        }
        continue;
      }
      int layers = at.layers() + (WEIGHTED.contains(node.op()) ? 1 : 0);
      if (layers <= 1) {
        node.inputs().forEach(v -> open.add(new Reached(v, layers)));
      }
    }
    return Optional.ofNullable(largest);
  }

  private static Optional<QuantizationStep> step(Node node) {
    Optional<double[]> min = range(node, 1, "min");
    Optional<double[]> max = range(node, 2, "max");
    if (min.isEmpty() || max.isEmpty() || min.get().length != max.get().length) {
      return Optional.empty();
    }
    boolean narrow = node.attr("narrow_range", Attr.Bool.class).map(Attr.Bool::value).orElse(false);
    double levels = (1L << node.intAttr("num_bits", 8)) - (narrow ? 2 : 1);
    double widest = 0;
    for (int i = 0; i < min.get().length; i++) {
      widest = Math.max(widest, max.get()[i] - min.get()[i]);
    }
    return widest > 0 && Double.isFinite(widest)
        ? Optional.of(new QuantizationStep(widest / levels, node.provenance().name()))
        : Optional.empty();
  }

  private static Optional<double[]> range(Node node, int input, String attr) {
    return switch (node.op()) {
      case ARGS -> Optional.of(new double[] {node.floatAttr(attr, attr.equals("min") ? -6 : 6)});
      case VARS, PER_CHANNEL -> constant(node.input(input)).map(TensorData::doubles);
      default -> Optional.empty();
    };
  }

  private static Optional<TensorData> constant(Value v) {
    Value at = v;
    while (at instanceof Value.Result r && FORWARDED.contains(r.node().op())) {
      at = r.node().input(0);
    }
    return at.constant().filter(c -> Arrays.stream(c.doubles()).allMatch(Double::isFinite));
  }
}
