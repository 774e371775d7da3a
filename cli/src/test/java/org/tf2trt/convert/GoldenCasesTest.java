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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.check.OnnxChecker;
import org.tf2trt.frontend.lower.Lowerings;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Severity;

/** Small graphs with the outputs that TensorFlow computes, through the whole conversion. */
class GoldenCasesTest {
  /** Ops with a lowering and without a case, and why. */
  private static final Map<String, String> WITHOUT_CASE =
      Map.of(
          "BatchNormWithGlobalNormalization", "TensorFlow 2 does not run it any more",
          "DebugIdentity", "TensorFlow's debugger inserts it; no exported graph holds it",
          "ReadVariableOp", "a variable needs a SavedModel: see SmallModelsTest",
          "ResourceGather", "a variable needs a SavedModel",
          "ResourceGatherNd", "a variable needs a SavedModel",
          "TopK", "TensorFlow 2 does not run it any more; TopKV2 has the same lowering",
          "XlaEinsum", "only XLA's bridge makes it; Einsum has the same lowering");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicContainer> everyCaseGivesTensorFlowsValues() throws IOException {
    return GoldenCases.read().entrySet().stream()
        .map(
            op -> dynamicContainer(op.getKey(), op.getValue().entrySet().stream().map(this::test)));
  }

  private DynamicTest test(Map.Entry<String, byte[]> named) {
    return dynamicTest(named.getKey(), () -> check(named.getValue()));
  }

  private void check(byte[] archive) throws IOException {
    try (CaseConversion made = new CaseConversion(archive, folder)) {
      made.convert(request -> request);
      assertEquals(List.of(), errors(OnnxChecker.check(made.onnx())));
      made.assertValues();
    }
  }

  private static List<String> errors(List<Diagnostic> found) {
    return found.stream()
        .filter(d -> d.severity() == Severity.ERROR)
        .map(Diagnostic::text)
        .toList();
  }

  @Test
  void everyLoweringHasACase() throws IOException {
    Set<String> without = new TreeSet<>(Lowerings.builtIn().ops());
    without.removeAll(GoldenCases.read().keySet());
    assertEquals(new TreeSet<>(WITHOUT_CASE.keySet()), without);
  }
}
