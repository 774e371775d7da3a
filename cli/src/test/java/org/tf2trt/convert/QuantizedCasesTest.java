// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.frontend.lower.LoweringOptions.FakeQuant;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.CaseArchive;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.OrtRunner;

/** The golden cases of simulated quantisation as QuantizeLinear and DequantizeLinear. */
class QuantizedCasesTest {
  private static final List<String> OPS =
      List.of(
          "FakeQuantWithMinMaxArgs",
          "FakeQuantWithMinMaxVars",
          "FakeQuantWithMinMaxVarsPerChannel",
          "QuantizeAndDequantizeV2",
          "QuantizeAndDequantizeV3",
          "QuantizeAndDequantizeV4");

  private static final Set<String> MOVES = Set.of("onnx.Reshape", "onnx.MaxPool");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyCaseGivesTensorFlowsValues() throws IOException {
    Map<String, Map<String, byte[]>> all = GoldenCases.read();
    List<DynamicTest> tests = new ArrayList<>();
    for (String op : OPS) {
      all.get(op)
          .forEach(
              (name, archive) -> {
                for (Target target : List.of(Target.ONNX, Target.TRT)) {
                  String title = "%s/%s for %s".formatted(op, name, target);
                  tests.add(dynamicTest(title, () -> check(archive, target)));
                }
              });
    }
    return tests.stream();
  }

  private void check(byte[] archive, Target target) throws IOException {
    Path zip = Files.write(folder.resolve("case.zip"), archive);
    Path onnx = folder.resolve("case.onnx");
    try (CaseArchive golden = CaseArchive.open(zip)) {
      Conversion done = convert(golden, onnx, target);
      try (OrtRunner runner = OrtRunner.open(onnx)) {
        Comparison c =
            GoldenCheck.check(
                runner, golden.golden(), golden.expectation().withSteps(done.stepSizes()));
        assertTrue(c.passed(), () -> String.join("; ", c.problems()));
      }
    }
  }

  private Conversion convert(CaseArchive golden, Path onnx, Target target) throws IOException {
    Path graph = folder.resolve("graph.pb");
    golden.extractGraph(graph);
    Selection whole = new Selection(Optional.empty(), List.of(), golden.inputs(), golden.outputs());
    return Converter.convert(
        ConvertRequest.of(graph, onnx)
            .edit()
            .selection(whole)
            .target(target)
            .lowering(LoweringOptions.DEFAULT.with(FakeQuant.QDQ))
            .build());
  }

  @Test
  void convolutionsReadWhatWasDequantised() throws IOException {
    for (Target target : List.of(Target.ONNX, Target.TRT)) {
      readDequantised("FakeQuantWithMinMaxArgs", "two_convs", target);
    }
  }

  /** Through a pooling and a flattening, for which the rows of the matrix are put in order. */
  @Test
  void denseLayersReadWhatWasDequantised() throws IOException {
    for (Target target : List.of(Target.ONNX, Target.TRT)) {
      readDequantised("FakeQuantWithMinMaxVars", "flatten_dense", target);
    }
  }

  private void readDequantised(String op, String name, Target target) throws IOException {
    Path zip = Files.write(folder.resolve("case.zip"), GoldenCases.read().get(op).get(name));
    try (CaseArchive golden = CaseArchive.open(zip)) {
      Conversion done = convert(golden, folder.resolve("net.onnx"), target);
      List<Node> layers =
          done.graph().nodes().stream()
              .filter(n -> n.is("onnx.Conv") || n.is("onnx.Gemm"))
              .toList();
      assertEquals(2, layers.size());
      for (Node layer : layers) {
        assertTrue(isQuantised(layer.input(0)), () -> target + ": what goes into " + layer);
        assertTrue(isQuantised(layer.input(1)), () -> target + ": the weights of " + layer);
        assertEquals(3, layer.inputs().size(), "shifts are in the bias");
      }
      assertEquals(0, done.after().transposesInside());
    }
  }

  private static boolean isQuantised(Value v) {
    Value at = v;
    while (at.producer().filter(n -> MOVES.contains(n.op())).isPresent()) {
      at = at.producer().orElseThrow().input(0);
    }
    return at.producer("onnx.DequantizeLinear").isPresent();
  }
}
