// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;

/**
 * Which ops recurrent layers become, as loops and as cuDNN has them: the golden cases of
 * make_recurrent.py and make_cudnn.py, whose values {@link GoldenCasesTest} compares.
 */
class RecurrentCasesTest {
  private static final Set<String> COUNTED = Set.of("LSTM", "GRU", "RNN", "Loop", "Scan", "If");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> layersOfCudnnBecomeRecurrentOps() throws IOException {
    Map<String, Map<String, byte[]>> all = GoldenCases.read();
    return Stream.of("CudnnRNN", "CudnnRNNV2", "CudnnRNNV3")
        .flatMap(op -> all.get(op).entrySet().stream())
        .map(e -> dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

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
    boolean simple = name.matches(".*(simplernn|tanh|relu).*");
    String op = name.contains("gru") ? "GRU" : simple ? "RNN" : "LSTM";
    // Two layers of one direction, or of two directions in one op each.
    boolean two = name.matches("keras_.*(two_ways|stacked).*|.*two_layers.*");
    return Map.of(op, two ? 2 : 1);
  }

  private void check(String name, byte[] archive) throws IOException {
    try (CaseConversion made = new CaseConversion(archive, folder)) {
      Map<String, Integer> counts = new TreeMap<>();
      count(made.convert(request -> request).graph(), counts);
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
