// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;

/**
 * Counts over a graph and its bodies.
 *
 * @param nodes all nodes
 * @param ops nodes by op without its dialect, sorted by name
 * @param transposesInside transposes of rank 4 and more inside convolutional parts
 */
public record GraphStats(int nodes, Map<String, Integer> ops, int transposesInside) {
  public GraphStats {
    ops = Collections.unmodifiableMap(new TreeMap<>(ops));
  }

  public static GraphStats of(Graph graph) {
    Map<String, Integer> ops = new TreeMap<>();
    int inside = count(graph, ops);
    return new GraphStats(ops.values().stream().mapToInt(i -> i).sum(), ops, inside);
  }

  private static int count(Graph graph, Map<String, Integer> ops) {
    int inside = 0;
    for (Node node = graph.first(); node != null; node = node.next()) {
      ops.merge(node.op().substring(node.op().indexOf('.') + 1), 1, Integer::sum);
      if (InsideTransposes.contains(node)) {
        inside++;
      }
      for (Graph body : node.bodies()) {
        inside += count(body, ops);
      }
    }
    return inside;
  }
}
