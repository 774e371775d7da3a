// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.precision.Evidence;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

/** What is said of an engine in low precision; one that adds an error stands in for TensorRT's. */
class EngineAccuracyTest {
  private static final TensorData X = TensorData.ofFloats(new long[] {4, 1}, 1, -2, 0.5f, 0);
  private static final double BOUND = 1e-2;

  private final EngineAccuracy accuracy = new EngineAccuracy(Path.of("m.plan"), Path.of("m.onnx"));

  /** Gives what it is fed, off by an error, or refuses it. */
  private record Engine(float error, Optional<Code> refuses) implements ModelRunner {
    @Override
    public List<Port> inputs() {
      return List.of(new Port("x", TensorType.of(DType.F32, 4, 1)));
    }

    @Override
    public List<Port> outputs() {
      return List.of(new Port("y", TensorType.of(DType.F32, 4, 1)));
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      if (refuses.isPresent()) {
        throw DiagnosticException.of(refuses.get(), "x", "4x1 is outside of 1x1 to 2x1", "");
      }
      float[] values = feeds.get("x").floats().clone();
      values[3] += error;
      return Map.of("y", TensorData.ofFloats(feeds.get("x").shape(), values));
    }

    @Override
    public void close() {}
  }

  private Optional<String> problem(Engine engine) {
    Evidence evidence = new Evidence(List.of(Map.of("x", X)), List.of(Map.of("y", X)));
    PrecisionReport report =
        new PrecisionReport(
            Precision.FP16,
            1,
            Map.of(),
            0,
            0,
            Comparison.EMPTY,
            Comparison.EMPTY,
            BOUND,
            1,
            evidence);
    return accuracy.problem(report, engine);
  }

  @Test
  void oneThatIsExactEnoughHasNoProblem() {
    // 0.019 over the largest magnitude of 2.
    assertEquals(Optional.empty(), problem(new Engine(0.019f, Optional.empty())));
    assertTrue(accuracy.note().isEmpty());
  }

  @Test
  void oneThatIsTooFarOffNamesTheOutput() {
    String problem = problem(new Engine(0.03f, Optional.empty())).orElseThrow();
    assertTrue(problem.contains("'y'"), problem);
    assertTrue(problem.contains("1.5e-02"), problem);
    assertTrue(accuracy.note().isEmpty());
  }

  @Test
  void extentsOutsideOfTheProfilesAreNoProblemButSaid() {
    assertEquals(Optional.empty(), problem(new Engine(9, Optional.of(Code.BAD_DATA))));
    assertTrue(accuracy.note().orElseThrow().text().contains("was not compared with float32"));
  }

  @Test
  void anEngineThatDoesNotRunIsNotPassedOver() {
    Engine broken = new Engine(0, Optional.of(Code.RUNTIME_FAILED));
    assertThrows(DiagnosticException.class, () -> problem(broken));
  }
}
