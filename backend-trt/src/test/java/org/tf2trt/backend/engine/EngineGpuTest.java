// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;

/** Builds and runs small engines where there is a GPU; elsewhere it is skipped with the reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineGpuTest {
  private static final String DENSE =
      """
      graph @g(%x: f32[N,2]) {
        %0: f32[N,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0}) @"dense/MatMul"
        %1: f32[N,2] = onnx.Add(%0, f32[2]{0.5, -100.0}) @"dense/BiasAdd"
        %2: f32[N,2] = onnx.Relu(%1) @"dense/Relu"
        return y = %2
      }
      """;

  private static final Profile BATCHES =
      new Profile(
          Map.of("x", new Profile.Range(List.of(1L, 2L), List.of(2L, 2L), List.of(4L, 2L))));

  @TempDir Path folder;
  private EngineBuilder builder;

  @BeforeAll
  void openBuilder() {
    Probe probe = TensorRt.probe();
    if (!probe.usable()) {
      System.out.println("GPU tests are skipped: " + probe.problems());
    }
    assumeTrue(probe.usable(), () -> "no GPU: " + probe.problems());
    builder = TensorRt.open().builder();
  }

  @AfterAll
  void closeBuilder() {
    if (builder != null) {
      builder.close();
    }
  }

  private Path model(String text) {
    Path file = folder.resolve("m" + System.nanoTime() + ".onnx");
    OnnxWriter.write(Parser.parse(text), EmitOptions.DEFAULT, file);
    return file;
  }

  private Engine engine(Path onnx, BuildOptions options) {
    try (BuiltEngine built = builder.build(onnx, options, BuildProgress.NONE)) {
      return TensorRt.open().load(built);
    }
  }

  private static float[] run(ExecutionContext context, float... x) {
    TensorData input = TensorData.ofFloats(new long[] {x.length / 2, 2}, x);
    return context.run(Map.of("x", input)).get("y").floats();
  }

  @Test
  void batchesOfSeveralSizesGiveWhatTheModelSays() {
    BuildOptions options = BuildOptions.DEFAULT.withProfiles(List.of(BATCHES));
    try (Engine engine = engine(model(DENSE), options);
        ExecutionContext context = engine.newContext(0)) {
      assertArrayEquals(new float[] {4.5f, 0}, run(context, 1, 1), 1e-5f);
      assertArrayEquals(new float[] {4.5f, 0, 0.5f, 0}, run(context, 1, 1, 0, 0), 1e-5f);
      assertTrue(context.captureGraph().isEmpty());
      assertArrayEquals(new float[] {7.5f, 0, 0.5f, 0}, run(context, 1, 2, 0, 0), 1e-5f);
      assertArrayEquals(new float[] {4.5f, 0}, run(context, 1, 1), 1e-5f);
      assertEquals(10, context.time(10).gpuMicroseconds().length);
      assertFalse(context.timeLayers(2).isEmpty());
      assertTrue(engine.inspect().contains("dense/MatMul"));
      assertEquals(List.of(4L, 2L), engine.range("x", 0).max());
    }
  }

  /** The size that something is brought to, as an input: its values decide the output's shape. */
  @Test
  void valuesThatShapesDependOnHaveRangesOfTheirOwn() {
    String text =
        """
        graph @g(%x: f32[1,2], %size: i64[2]) {
          %0: f32[?,?] = onnx.Expand(%x, %size)
          return y = %0
        }
        """;
    Path file = model(text);
    assertEquals(Set.of("size"), builder.shapeInputs(file));
    Profile sizes =
        new Profile(
            Map.of("size", new Profile.Range(List.of(1L, 2L), List.of(3L, 2L), List.of(8L, 2L))));
    try (Engine engine = engine(file, BuildOptions.DEFAULT.withProfiles(List.of(sizes)));
        ExecutionContext context = engine.newContext(0)) {
      Binding size =
          engine.inputs().stream().filter(Binding::shapeValues).findFirst().orElseThrow();
      assertEquals(sizes.inputs().get("size"), engine.values(size, 0));
      for (int rows : List.of(1, 8, 3)) {
        expandsTo(rows, context);
      }
      assertTrue(context.captureGraph().isEmpty());
      for (int rows : List.of(3, 5, 5, 2, 8)) {
        expandsTo(rows, context);
      }
    }
  }

  private static void expandsTo(int rows, ExecutionContext context) {
    TensorData x = TensorData.ofFloats(new long[] {1, 2}, rows, 7);
    TensorData size = TensorData.ofLongs(new long[] {2}, rows, 2);
    TensorData y = context.run(Map.of("x", x, "size", size)).get("y");
    assertArrayEquals(new long[] {rows, 2}, y.shape());
    assertEquals(rows, y.floats()[2 * rows - 2]);
    assertEquals(7, y.floats()[2 * rows - 1]);
  }

  @Test
  void extentsThatDependOnDataAreLearned() {
    String text =
        """
        graph @g(%x: f32[4]) {
          %0: bool[4] = onnx.Cast(%x) {to = bool}
          %1: i64[1,?] = onnx.NonZero(%0)
          return where = %1
        }
        """;
    try (Engine engine = engine(model(text), BuildOptions.DEFAULT);
        ExecutionContext context = engine.newContext(0)) {
      for (float[] x : List.of(new float[] {0, 1, 0, 2}, new float[4], new float[] {1, 1, 1, 1})) {
        List<Long> expected = new ArrayList<>();
        for (long i = 0; i < 4; i++) {
          if (x[(int) i] != 0) {
            expected.add(i);
          }
        }
        TensorData where =
            context.run(Map.of("x", TensorData.ofFloats(new long[] {4}, x))).get("where");
        assertArrayEquals(new long[] {1, expected.size()}, where.shape());
        assertArrayEquals(expected.stream().mapToLong(Long::longValue).toArray(), where.longs());
      }
    }
  }

  @Test
  void whatTheParserRefusesNamesTheNode() {
    String text =
        """
        graph @g(%x: i64[4]) {
          %0: i64[?], %1: i64[?], %2: i64[?], %3: i64[?] = onnx.Unique(%x) @"detect/unique"
          return y = %0
        }
        """;
    ParseReport report = builder.parse(model(text));
    assertFalse(report.accepted());
    assertEquals("'detect/unique' (Unique)", report.diagnostics().get(0).subject());
    assertEquals(Code.TENSORRT_REFUSED, report.diagnostics().get(0).code());
  }

  @Test
  void openExtentsNeedAProfile() {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> engine(model(DENSE), BuildOptions.DEFAULT));
    assertEquals(Code.BAD_BUILD_OPTION, e.diagnostics().get(0).code());
    assertTrue(e.getMessage().contains("'x'"), e.getMessage());
  }

  @Test
  void progressIsHeardAndCancels() {
    List<String> phases = new ArrayList<>();
    BuildProgress cancel =
        new BuildProgress() {
          @Override
          public synchronized void started(String phase, String parent, int steps) {
            phases.add(phase);
          }

          @Override
          public boolean step(String phase, int step) {
            return false;
          }
        };
    BuildOptions options = BuildOptions.DEFAULT.withProfiles(List.of(BATCHES));
    assertThrows(
        DiagnosticException.class, () -> builder.build(model(DENSE), options, cancel).close());
    assertFalse(phases.isEmpty());
  }

  @Test
  void markedOutputsAndNamesThatAreUnknown() {
    BuildOptions options =
        BuildOptions.DEFAULT
            .withProfiles(List.of(BATCHES))
            .withMarkedOutputs(List.of("dense/MatMul:0", "nothing"));
    try (BuiltEngine built = builder.build(model(DENSE), options, BuildProgress.NONE);
        Engine engine = TensorRt.open().load(built)) {
      assertEquals(
          List.of("y", "dense/MatMul:0"), engine.outputs().stream().map(Binding::name).toList());
      assertTrue(built.notes().warnings().stream().anyMatch(w -> w.subject().equals("'nothing'")));
    }
  }
}
