// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.passes.trt.Target;

/** The golden cases in the forms that TensorRT takes: TensorFlow's values, or a report. */
class TensorRtCasesTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyCaseGivesTensorFlowsValuesOrIsReported() throws IOException {
    return GoldenCases.read().entrySet().stream()
        .map(op -> dynamicTest(op.getKey(), () -> checkAll(op.getValue())));
  }

  private void checkAll(Map<String, byte[]> cases) throws IOException {
    for (Map.Entry<String, byte[]> named : cases.entrySet()) {
      check(named.getKey(), named.getValue());
    }
  }

  private void check(String name, byte[] archive) throws IOException {
    try (CaseConversion made = new CaseConversion(archive, folder)) {
      try {
        made.convert(request -> request.target(Target.TRT));
      } catch (DiagnosticException e) {
        // Reported: nobody is promised its values.
        assertEquals(List.of(), otherErrors(e.diagnostics()), name);
        return;
      }
      made.assertValues();
    }
  }

  private static List<String> otherErrors(List<Diagnostic> found) {
    return found.stream()
        .filter(d -> d.severity() == Severity.ERROR && d.code() != Code.NOT_FOR_TENSORRT)
        .map(Diagnostic::text)
        .toList();
  }
}
