// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.passes.trt.Target;

/**
 * What users write in a line or two: layers of Keras, and functions of Keras and TensorFlow, from
 * make_keras.py. Each gives TensorFlow's values, and so does the form for TensorRT.
 */
class KerasCasesTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicContainer> everyCaseGivesTensorFlowsValues() throws IOException {
    return GoldenCases.read("keras").entrySet().stream()
        .map(
            group ->
                dynamicContainer(
                    group.getKey(), group.getValue().entrySet().stream().map(this::test)));
  }

  private DynamicTest test(Map.Entry<String, byte[]> named) {
    return dynamicTest(named.getKey(), () -> check(named.getValue()));
  }

  private void check(byte[] archive) throws IOException {
    try (CaseConversion made = new CaseConversion(archive, folder)) {
      for (Target target : List.of(Target.ONNX, Target.TRT)) {
        made.convert(request -> request.target(target));
        made.assertValues();
      }
    }
  }

  @Test
  void theArchivesHoldLayersAndFunctions() throws IOException {
    Map<String, Map<String, byte[]>> cases = GoldenCases.read("keras");
    assertEquals(Set.of("layers", "functions"), cases.keySet());
  }
}
