// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

class IslandSearchTest {
  /** Each node adds its own energy. */
  private record Additive(List<Node> nodes, List<Double> energies) implements IslandSearch.Trial {
    @Override
    public Deviation of(Set<Node> low) {
      double sum = 0;
      for (int i = 0; i < energies.size(); i++) {
        sum += low.contains(nodes.get(i)) ? energies.get(i) : 0;
      }
      return new Deviation(Math.sqrt(sum), sum);
    }

    @Override
    public Deviation onWorst(Set<Node> low) {
      return of(low);
    }
  }

  @Test
  void withinTheBoundNothingIsSearched() {
    IslandSearch.Found found = search(new double[40], 40);
    assertEquals(1, found.trials());
    assertEquals(Set.of(), found.islands());
    assertEquals(40, found.low().size());
  }

  @Test
  void theNodesThatMatterAreFound() {
    double[] energies = new double[40];
    energies[3] = 1e-3;
    energies[29] = 2e-3;
    IslandSearch.Found found = search(energies, 60);
    assertTrue(found.deviation().worst() <= 0.01);
    assertTrue(found.islands().size() <= 4, found.islands().toString());
  }

  @Test
  void overflowsComeFirst() {
    double[] energies = new double[40];
    energies[17] = Double.POSITIVE_INFINITY;
    IslandSearch.Found found = search(energies, 60);
    assertEquals(0, found.deviation().worst());
    assertEquals(1, found.islands().size());
  }

  @Test
  void noiseEverywhereEndsInFloat32() {
    double[] energies = new double[40];
    Arrays.fill(energies, 1);
    IslandSearch.Found found = search(energies, 30);
    assertEquals(0, found.low().size());
    assertEquals(0, found.deviation().worst());
  }

  private static IslandSearch.Found search(double[] energies, int limit) {
    Graph g = new Graph("g");
    Value v = g.addParam("x", TensorType.of(DType.F32, 4, 4));
    for (int i = 0; i < energies.length; i++) {
      Map<String, Attr> none = Map.of();
      v =
          g.append(
                  NodeSpec.of(
                      "onnx.MatMul",
                      List.of(v, v),
                      none,
                      List.of(v.type()),
                      new Provenance.Synthetic("t")))
              .result();
    }
    g.addOutput("y", v);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE);
    IslandSearch.Found found =
        IslandSearch.search(
            plan,
            new Additive(g.nodes(), Arrays.stream(energies).boxed().toList()),
            0.01,
            0.01,
            limit);
    Set<Node> both = new LinkedHashSet<>(found.islands());
    both.retainAll(found.low());
    assertEquals(Set.of(), both);
    return found;
  }
}
