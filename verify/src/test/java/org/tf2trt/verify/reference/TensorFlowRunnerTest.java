// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;

@ExtendWith(NeedsTensorFlow.class)
class TensorFlowRunnerTest {
  private static final Path SAMPLE = Path.of("../examples/sample-model");

  /** Two operations, one of them on strings, as a text GraphDef. */
  private static final String GRAPH =
      """
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_INT8 } } }
      node { name: "y" op: "Neg" input: "x" attr { key: "T" value { type: DT_INT8 } } }
      node { name: "s" op: "Placeholder" attr { key: "dtype" value { type: DT_STRING } } }
      node { name: "j" op: "StringJoin" input: "s" input: "s"
        attr { key: "N" value { i: 2 } } attr { key: "separator" value { s: "-" } } }
      """;

  private static TensorFlowRunner open(Path path, Selection selection) {
    TfModel model = TfModel.open(path);
    return TensorFlowRunner.open(
        model,
        selection,
        TensorFlowFrontend.imported(model, selection, new Diagnostics()),
        text -> {});
  }

  @Test
  void computesWhatTheStoredReferenceSays() {
    Golden golden = GoldenFile.of(SAMPLE.resolve("io.npz")).read().get(0);
    try (TensorFlowRunner runner = open(SAMPLE.resolve("saved_model"), Selection.DEFAULT)) {
      var comparison = GoldenCheck.check(runner, golden, Expectation.STRICT);
      assertTrue(comparison.passed(), comparison.table());
      assertTrue(comparison.error() < 1e-5, comparison.table());
    }
  }

  @Test
  void fetchesTensorsInsideFunctions() {
    Golden golden = GoldenFile.of(SAMPLE.resolve("io.npz")).read().get(0);
    TfModel model = TfModel.open(SAMPLE.resolve("saved_model"));
    var imported = TensorFlowFrontend.imported(model, Selection.DEFAULT, new Diagnostics());
    try (TensorFlowRunner runner =
        TensorFlowRunner.open(model, Selection.DEFAULT, imported, text -> {})) {
      String last =
          imported.graph().outputs().get(0).producer().orElseThrow().provenance().names().get(0)
              + ":0";
      assertTrue(last.contains("/"), last);
      Map<String, TensorData> inner = runner.fetch(golden.inputs(), List.of(last));
      TensorData outer = runner.run(golden.inputs()).values().iterator().next();
      assertTrue(outer.sameAs(inner.get(last)));
    }
  }

  @Test
  void takesTypesThatFewRuntimesHave(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("g.pbtxt"), GRAPH);
    try (TensorFlowRunner runner =
        open(file, new Selection(Optional.empty(), List.of(), List.of(), List.of("y", "j")))) {
      TensorData x =
          TensorData.of(
              org.tf2trt.ir.DType.I8,
              new long[] {3},
              java.nio.ByteBuffer.wrap(new byte[] {1, -2, 3}));
      TensorData s = TensorData.ofStrings(new long[] {2}, List.of("a", "long enough for the heap"));
      Map<String, TensorData> results = runner.run(Map.of("x", x, "s", s));
      assertArrayEquals(new long[] {-1, 2, -3}, results.get("y").longs());
      assertEquals(
          List.of("a-a", "long enough for the heap-long enough for the heap"),
          results.get("j").strings());
    }
  }

  @Test
  void feedsInputsThatAreFixed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("g.pbtxt"), GRAPH);
    Selection part =
        new Selection(Optional.empty(), List.of(), List.of(), List.of("y", "j"))
            .with(Map.of("x", "1,-2,3"));
    try (TensorFlowRunner runner = open(file, part)) {
      assertEquals(List.of("s"), runner.inputs().stream().map(p -> p.name()).toList());
      TensorData s = TensorData.ofStrings(new long[] {1}, List.of("a"));
      Map<String, TensorData> results = runner.run(Map.of("s", s));
      assertArrayEquals(new long[] {-1, 2, -3}, results.get("y").longs());
    }
  }

  @Test
  void reportsWhatTensorFlowRefuses(@TempDir Path folder) throws Exception {
    String graph = GRAPH.replace("\"Neg\"", "\"NoSuchOp\"");
    Path file = Files.writeString(folder.resolve("g.pbtxt"), graph);
    Selection selection = new Selection(Optional.empty(), List.of(), List.of(), List.of("y"));
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> open(file, selection).close());
    assertEquals(Code.REFERENCE_FAILED, e.diagnostics().get(0).code(), e.getMessage());
  }
}
