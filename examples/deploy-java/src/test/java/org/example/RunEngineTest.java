// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.engine.Probe;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;

class RunEngineTest {
  @TempDir private Path folder;

  @Test
  void inputsHaveTheShapesThatAreAskedFor() {
    TensorData floats = RunEngine.zeros(DType.F32, 2, 3);
    assertArrayEquals(new long[] {2, 3}, floats.shape());
    assertEquals(DType.I32, RunEngine.zeros(DType.I32, 4).dtype());
  }

  /** On a machine with a GPU: {@code mvn test -Dplan=my_model.plan}. */
  @Test
  void runsAnEngine() {
    Probe probe = TensorRt.probe();
    assumeTrue(probe.usable(), () -> "no engine runs here: " + probe.problems());
    String plan = System.getProperty("plan", "");
    assumeFalse(plan.isEmpty(), "name an engine of this machine with -Dplan");
    Map<String, TensorData> outputs = RunEngine.run(Path.of(plan));
    assertTrue(!outputs.isEmpty(), "it has no outputs");
  }

  @Test
  void withoutAGpuTheErrorSaysWhatIsMissing() {
    Probe probe = TensorRt.probe();
    assumeFalse(probe.usable(), "this machine has all that is needed");
    DiagnosticException missing =
        assertThrows(DiagnosticException.class, () -> RunEngine.run(folder.resolve("none.plan")));
    assertTrue(!missing.diagnostics().get(0).nextStep().isEmpty(), missing.getMessage());
  }
}
