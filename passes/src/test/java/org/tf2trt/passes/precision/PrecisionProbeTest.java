// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

class PrecisionProbeTest {
  private static final String TEXT =
      """
      graph @g(%x: f32[3,4]) {
        %0: f32[3,4] = onnx.Mul(%x, f32[4]{1.0009, 0.333, -2.7, 0.1})
        %1: f32[3,4] = onnx.Relu(%0)
        %2: f32[3,4] = onnx.Add(%1, %x)
        %3: f32[4,3] = onnx.Transpose(%2) {perm=[1, 0]}
        %4: f32[3,4] = onnx.Mul(%2, %0)
        return y = %3, z = %4
      }
      """;

  @Test
  void itGivesWhatTheMixedGraphGivesForEveryChoice() {
    for (Precision low : List.of(Precision.FP16, Precision.BF16)) {
      PrecisionPlan plan = plan(Parser.parse(TEXT), low);
      PrecisionProbe probe = PrecisionProbe.of(plan);
      assertTrue(Verifier.verify(probe.graph()).isEmpty());
      assertTrue(SchemaCheck.verify(probe.graph()).isEmpty());
      for (int set = 0; set < 32; set++) {
        Graph g = Parser.parse(TEXT);
        PrecisionPlan other = plan(g, low);
        new AssignPrecision(other, some(g, set)).run(g, new PassContext(17, new Diagnostics()));
        Map<String, TensorData> feeds = new LinkedHashMap<>(input());
        Map<String, TensorData> mixed = Evaluator.evaluate(g, feeds);
        feeds.put(probe.switches(), probe.low(some(plan.graph(), set)));
        Map<String, TensorData> probed = Evaluator.evaluate(probe.graph(), feeds);
        assertEquals(mixed.keySet(), probed.keySet());
        mixed.forEach(
            (name, data) -> assertArrayEquals(data.floats(), probed.get(name).floats(), name));
      }
    }
  }

  @Test
  void withoutLowNodesItIsTheOriginal() {
    Graph g = Parser.parse(TEXT);
    PrecisionProbe probe = PrecisionProbe.of(plan(g, Precision.BF16));
    Map<String, TensorData> feeds = new LinkedHashMap<>(input());
    Map<String, TensorData> expected = Evaluator.evaluate(g, feeds);
    feeds.put(probe.switches(), probe.low(Set.of()));
    Evaluator.evaluate(probe.graph(), feeds)
        .forEach((name, data) -> assertArrayEquals(expected.get(name).floats(), data.floats()));
  }

  @Test
  void rangesAreTheLargestMagnitudes() {
    Graph g = Parser.parse(TEXT);
    RangeProbe probe = RangeProbe.of(g);
    assertTrue(Verifier.verify(probe.graph()).isEmpty());
    Map<String, TensorData> outputs = Evaluator.evaluate(probe.graph(), input());
    Ranges ranges = probe.ranges(List.of(outputs.get(probe.output())));
    assertEquals(largest(input().get("x")), ranges.largest(g.params().get(0)).orElseThrow());
    TensorData z = Evaluator.evaluate(g, input()).get("z");
    assertEquals(largest(z), ranges.largest(g.outputs().get(1)).orElseThrow());
  }

  private static double largest(TensorData data) {
    double largest = 0;
    for (float v : data.floats()) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  private static PrecisionPlan plan(Graph g, Precision low) {
    return PrecisionPlan.of(g, PrecisionOptions.of(low), Ranges.NONE);
  }

  private static Set<Node> some(Graph g, int set) {
    Set<Node> nodes = new LinkedHashSet<>();
    for (int i = 0; i < g.nodes().size(); i++) {
      if ((set >> i & 1) == 1) {
        nodes.add(g.nodes().get(i));
      }
    }
    return nodes;
  }

  private static Map<String, TensorData> input() {
    Random random = new Random(5);
    float[] x = new float[12];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return Map.of("x", TensorData.ofFloats(new long[] {3, 4}, x));
  }
}
