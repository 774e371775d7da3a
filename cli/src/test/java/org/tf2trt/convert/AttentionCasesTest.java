// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.frontend.Selection;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.CaseArchive;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.OrtRunner;

/**
 * The golden cases of attention at opset 23, which has an op for it: each becomes one, whose values
 * in ONNX Runtime are TensorFlow's. TensorRT never gets the op.
 */
class AttentionCasesTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> attentionBecomesOneOp() throws IOException {
    return GoldenCases.read().values().stream()
        .flatMap(cases -> cases.entrySet().stream())
        .filter(e -> e.getKey().startsWith("attention_"))
        .map(e -> dynamicTest(e.getKey(), () -> check(e)));
  }

  private void check(Map.Entry<String, byte[]> named) throws IOException {
    Path zip = Files.write(folder.resolve("case.zip"), named.getValue());
    Path onnx = folder.resolve("case.onnx");
    try (CaseArchive golden = CaseArchive.open(zip)) {
      Path graph = folder.resolve("graph.pb");
      golden.extractGraph(graph);
      Selection whole =
          new Selection(Optional.empty(), List.of(), golden.inputs(), golden.outputs());
      ConvertRequest request =
          ConvertRequest.of(graph, onnx).edit().selection(whole).opset(23).build();
      assertEquals(0, attentions(request.edit().target(Target.TRT).build()));
      assertEquals(0, attentions(request.edit().opset(22).build()));
      // The decoder has two layers.
      assertEquals(named.getKey().endsWith("_decoder") ? 2 : 1, attentions(request));
      try (OrtRunner runner = OrtRunner.open(onnx)) {
        Comparison c = GoldenCheck.check(runner, golden.golden(), golden.expectation());
        assertTrue(c.passed(), () -> String.join("; ", c.problems()));
      }
    }
  }

  private static long attentions(ConvertRequest request) {
    return Converter.convert(request).graph().nodes().stream()
        .filter(n -> n.is("onnx.Attention"))
        .count();
  }
}
