// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.cut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaxFlowTest {
  private record Edge(int from, int to, long amount) {}

  @Test
  void randomCutsAreMinimalWithTheLargestSourceSide() {
    Random random = new Random(1);
    for (int run = 0; run < 1500; run++) {
      int vertices = 2 + random.nextInt(8);
      List<Edge> edges = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        long amount = random.nextInt(8) == 0 ? MaxFlow.INFINITE : random.nextInt(6);
        edges.add(new Edge(random.nextInt(vertices), random.nextInt(vertices), amount));
      }
      check(vertices, edges, run);
    }
  }

  private static void check(int vertices, List<Edge> edges, int run) {
    double least = Double.MAX_VALUE;
    int largest = 0;
    for (int set = 0; set < 1 << vertices; set++) {
      if ((set >> MaxFlow.SOURCE & 1) == 1 && (set >> MaxFlow.SINK & 1) == 0) {
        double cost = cost(edges, set);
        if (cost < least) {
          least = cost;
          largest = 0;
        }
        largest |= cost == least ? set : 0; // minimum cuts are closed under union
      }
    }
    boolean[] side = solve(vertices, edges);
    int found = 0;
    for (int v = 0; v < vertices; v++) {
      found |= side[v] ? 1 << v : 0;
    }
    if (least < MaxFlow.INFINITE) {
      assertEquals(largest, found, "run " + run + ": " + edges);
    }
  }

  private static double cost(List<Edge> edges, int set) {
    double cost = 0;
    for (Edge e : edges) {
      boolean cut = (set >> e.from() & 1) == 1 && (set >> e.to() & 1) == 0;
      cost += cut ? e.amount() : 0;
    }
    return cost;
  }

  private static boolean[] solve(int vertices, List<Edge> edges) {
    MaxFlow flow = new MaxFlow();
    for (int v = 2; v < vertices; v++) {
      assertEquals(v, flow.addVertex());
    }
    edges.forEach(e -> flow.addEdge(e.from(), e.to(), e.amount()));
    return flow.sourceSide();
  }

  @Test
  void aChainOfManyVerticesNeedsNoDeepStack() {
    int n = 200_000;
    List<Edge> edges = new ArrayList<>();
    edges.add(new Edge(MaxFlow.SOURCE, 2, 5));
    for (int v = 2; v < n - 1; v++) {
      edges.add(new Edge(v, v + 1, v == n / 2 ? 3 : 4));
    }
    edges.add(new Edge(n - 1, MaxFlow.SINK, 5));
    boolean[] side = solve(n, edges);
    assertTrue(side[n / 2]);
    assertFalse(side[n / 2 + 1]);
  }
}
