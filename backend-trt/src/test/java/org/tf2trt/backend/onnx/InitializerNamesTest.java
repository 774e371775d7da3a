// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;

/** TensorRT's parser confuses constants whose names look like those that it makes up. */
final class InitializerNamesTest {
  private static Set<String> names(Graph graph, Set<String> nodes) {
    ModelNames names = new ModelNames(graph, new Diagnostics());
    for (Node n = graph.first(); n != null; n = n.next()) {
      nodes.add(names.of(n));
    }
    Set<String> initializers = new HashSet<>();
    names.initializers().entries().forEach(e -> initializers.add(e.name()));
    return initializers;
  }

  @Test
  void noInitializerIsNamedLikeANodeOrEndsInANumberBehindAnUnderscore() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%x: f32[2]) {
              %0: f32[2] = onnx.Mul(%x, f32[2]{1.0, 2.0}) @"cast"
              %1: f32[2] = onnx.Add(%0, f32[2]{3.0, 4.0}) @"cast"
              %2: f32[2] = onnx.Sub(%1, f32[2]{5.0, 6.0}) @"cast_1"
              %3: f32[2] = onnx.Div(%2, f32[2]{7.0, 8.0}) @"cast"
              return y = %3
            }
            """);
    Set<String> nodes = new HashSet<>();
    Set<String> initializers = names(graph, nodes);
    assertEquals(4, initializers.size());
    for (String name : initializers) {
      assertFalse(nodes.contains(name), name);
      assertFalse(name.matches(".*_\\d+"), name);
    }
  }

  @Test
  void fallingBackToNumbersKeepsNamesApart() {
    UniqueNames names = new UniqueNames();
    assertEquals(
        List.of("w:const", "w:const2", "w:const3", "w", "w_1", "w_2"),
        List.of(
            names.numbered("w:const"),
            names.numbered("w:const"),
            names.numbered("w:const"),
            names.unique("w"),
            names.unique("w"),
            names.unique("w")));
  }
}
