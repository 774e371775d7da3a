// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.verify.golden.CaseArchive;

/**
 * Which ops the loops of recurrent layers become: the golden cases of make_recurrent.py, whose
 * values {@link GoldenCasesTest} compares.
 */
class RecurrentCasesTest {
  private static final Set<String> COUNTED = Set.of("LSTM", "GRU", "RNN", "Loop", "Scan", "If");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> loopsBecomeRecurrentOps() throws IOException {
    return GoldenCases.read().get("While").entrySet().stream()
        .filter(e -> e.getKey().startsWith("keras_") || e.getKey().startsWith("tf1_"))
        .map(e -> dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static Map<String, Integer> expected(String name) {
    if (name.equals("keras_stacked_mixed_cells")) {
      return Map.of("GRU", 1, "RNN", 1);
    }
    String op = name.contains("gru") ? "GRU" : name.contains("simplernn") ? "RNN" : "LSTM";
    // Two layers of one direction, or of two directions in one op each.
    boolean two = name.matches("keras_.*(two_ways|stacked).*");
    return Map.of(op, two ? 2 : 1);
  }

  private void check(String name, byte[] archive) throws IOException {
    Path zip = Files.write(folder.resolve("case.zip"), archive);
    try (CaseArchive golden = CaseArchive.open(zip)) {
      Path graph = folder.resolve("graph.pb");
      golden.extractGraph(graph);
      Selection whole =
          new Selection(Optional.empty(), List.of(), golden.inputs(), golden.outputs());
      Path onnx = folder.resolve("case.onnx");
      Conversion made =
          Converter.convert(ConvertRequest.of(graph, onnx).edit().selection(whole).build());
      Map<String, Integer> counts = new TreeMap<>();
      count(made.graph(), counts);
      assertEquals(new TreeMap<>(expected(name)), counts);
    }
  }

  private static void count(Graph graph, Map<String, Integer> counts) {
    for (Node n : graph.nodes()) {
      String op = n.op().substring("onnx.".length());
      if (COUNTED.contains(op)) {
        counts.merge(op, 1, Integer::sum);
      }
      n.bodies().forEach(b -> count(b, counts));
    }
  }
}
