// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.text.Parser;

class PrecisionCutTest {
  @Test
  void smallGraphsAreCutAsCheaplyAsAnExhaustiveSearchCan() {
    Random random = new Random(3);
    for (int run = 0; run < 300; run++) {
      Graph g = network(random, 1 + random.nextInt(8));
      Map<Node, LowForm> forms = new LinkedHashMap<>();
      g.nodes().forEach(n -> LowForm.of(n, Precision.FP16).ifPresent(f -> forms.put(n, f)));
      Set<Node> kept = new LinkedHashSet<>();
      forms.keySet().stream().filter(n -> random.nextInt(4) == 0).forEach(kept::add);
      IoTypes io = random.nextBoolean() ? IoTypes.KEEP : new IoTypes(Set.of("x", "y0"));
      long found = cost(g, forms, PrecisionCut.solve(g, forms, kept, io), io);
      long least = Long.MAX_VALUE;
      List<Node> free = new ArrayList<>(forms.keySet());
      free.removeAll(kept);
      for (int set = 0; set < 1 << free.size(); set++) {
        Set<Node> low = new LinkedHashSet<>();
        for (int i = 0; i < free.size(); i++) {
          if ((set >> i & 1) == 1) {
            low.add(free.get(i));
          }
        }
        if (free.stream().noneMatch(n -> n.is("onnx.MatMul") && !low.contains(n))) {
          least = Math.min(least, cost(g, forms, low, io));
        }
      }
      assertEquals(least, found, "run " + run + ": " + org.tf2trt.ir.text.Printer.print(g));
    }
  }

  /** Bytes of the casts, and of wide reads and writes of nodes that could be low. */
  private static long cost(Graph g, Map<Node, LowForm> forms, Set<Node> low, IoTypes io) {
    long cost = 0;
    List<Value> values = new ArrayList<>(g.params());
    for (Node n : g.nodes()) {
      values.addAll(n.results());
      if (forms.containsKey(n) && !low.contains(n)) {
        for (int i : forms.get(n).inputs()) {
          cost += n.is("onnx.MatMul") ? 0 : Traffic.wide(n.input(i).type());
        }
        for (int i : forms.get(n).results()) {
          cost += n.is("onnx.MatMul") ? 0 : Traffic.wide(n.result(i).type());
        }
      }
    }
    for (Value v : values) {
      boolean made = isLowAt(v, low, io);
      boolean cast = false;
      for (Use use : v.uses()) {
        boolean wanted =
            use instanceof Use.Input in
                ? low.contains(in.node())
                : io.isLow(g.outputNames().get(((Use.Output) use).index()));
        cast |= wanted != made;
      }
      cost += cast ? Traffic.cast(v.type()) : 0;
    }
    return cost;
  }

  private static boolean isLowAt(Value v, Set<Node> low, IoTypes io) {
    return v instanceof Value.Param p
        ? io.isLow(p.name())
        : low.contains(v.producer().orElseThrow());
  }

  private static Graph network(Random random, int nodes) {
    Graph g = new Graph("g");
    List<Value> values = new ArrayList<>();
    values.add(g.addParam("x", type(random)));
    for (int i = 0; i < nodes; i++) {
      String op = List.of("onnx.Relu", "onnx.Add", "onnx.MatMul").get(random.nextInt(3));
      Value a = values.get(random.nextInt(values.size()));
      Value b = values.get(random.nextInt(values.size()));
      List<Value> inputs = op.equals("onnx.Relu") ? List.of(a) : List.of(a, b);
      Map<String, Attr> none = Map.of();
      NodeSpec spec =
          NodeSpec.of(op, inputs, none, List.of(type(random)), new Provenance.Synthetic("t"));
      values.add(g.append(spec).result());
    }
    int outputs = 1 + random.nextInt(2);
    for (int i = 0; i < outputs; i++) {
      g.addOutput("y" + i, values.get(values.size() - 1 - random.nextInt(Math.min(2, nodes))));
    }
    return g;
  }

  private static TensorType type(Random random) {
    return TensorType.of(DType.F32, 1 + random.nextInt(5), 1 + random.nextInt(40));
  }

  @Test
  void pointwiseOpsBetweenProductsAreLowAndThoseBetweenIslandsAreNot() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[4,4]) {
              %0: f32[4,4] = onnx.MatMul(%x, %x)
              %1: f32[4,4] = onnx.Relu(%0)
              %2: f32[4,4] = onnx.MatMul(%1, %1)
              %3: f32[4,4] = onnx.Exp(%2)
              %4: f32[4,4] = onnx.Relu(%3)
              %5: f32[4,4] = onnx.Exp(%4)
              return y = %5
            }
            """);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE);
    List<Node> nodes = g.nodes();
    assertEquals(new LinkedHashSet<>(nodes.subList(0, 3)), plan.solve(Set.of()));
    assertTrue(plan.kept().containsKey(nodes.get(3)));
    assertEquals(new LinkedHashSet<>(nodes.subList(0, 2)), plan.solve(Set.of(nodes.get(2))));
  }
}
