// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.passes.trt.Target;

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
    try (CaseConversion made = new CaseConversion(named.getValue(), folder)) {
      assertEquals(0, attentions(made.convert(r -> r.opset(23).target(Target.TRT))));
      assertEquals(0, attentions(made.convert(r -> r.opset(22))));
      // The decoder has two layers.
      int layers = named.getKey().endsWith("_decoder") ? 2 : 1;
      assertEquals(layers, attentions(made.convert(r -> r.opset(23))));
      made.assertValues();
    }
  }

  private static long attentions(Conversion made) {
    return made.graph().nodes().stream().filter(n -> n.is("onnx.Attention")).count();
  }
}
