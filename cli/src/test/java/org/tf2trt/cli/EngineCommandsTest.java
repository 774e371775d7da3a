// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.backend.engine.Probe;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.npy.Npz;

/** The commands for engines where TensorRT is missing, and their usage errors. */
class EngineCommandsTest {
  @TempDir private Path folder;
  private Path graph;
  private Path onnx;
  private Path plan;
  private Path arrays;

  @BeforeEach
  void makeFiles() throws IOException {
    graph = SampleGraphs.relu(folder.resolve("graph.pb"));
    onnx = folder.resolve("model.onnx");
    assertEquals(0, CommandRun.of("convert", graph, "-o", onnx).code());
    plan = Files.writeString(folder.resolve("m.plan"), "no plan");
    arrays = folder.resolve("io.npz");
    Npz.write(
        arrays,
        Map.of(
            "in/x", TensorData.ofFloats(new long[] {1, 2}, -1, 1),
            "out/y", TensorData.ofFloats(new long[] {1, 2}, 0, 1)));
  }

  private static void needsNoTensorRt() {
    Probe probe = TensorRt.probe();
    assumeFalse(probe.usable(), "this machine has TensorRT and a GPU");
  }

  private void isRefused(Object... arguments) throws IOException {
    needsNoTensorRt();
    List<Path> before = files();
    CommandRun run = CommandRun.of(arguments);
    assertEquals(1, run.code(), run.out() + run.err());
    assertTrue(run.err().matches("(?s)error\\[TF0[0-9]{2}\\] .*"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals(before, files(), "nothing is left behind");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyCommandSaysWhatIsMissing() throws IOException {
    isRefused("build", onnx, "-o", folder.resolve("o.plan"), "--batch", "1..4");
    isRefused("convert", graph, "-o", folder.resolve("o.plan"), "--batch", "1..4");
    isRefused("run", plan, "--inputs", arrays, "-o", folder.resolve("o.npz"));
    isRefused("bench", plan);
    isRefused("layers", plan);
    isRefused("verify", plan, "--golden", arrays);
    isRefused("sweep", folder, "-o", folder.resolve("out"), "--engine");
  }

  @Test
  void doctorListsEverythingAndEndsWithOneWhereSomethingIsMissing() {
    needsNoTensorRt();
    CommandRun text = CommandRun.of("doctor");
    assertEquals(1, text.code());
    assertTrue(text.out().contains("missing"), text.out());
    assertTrue(text.out().contains("engines cannot be built here:"), text.out());
    assertEquals("", text.err());
    CommandRun json = CommandRun.of("doctor", "--json");
    assertEquals(1, json.code());
    assertTrue(json.out().contains("\"usable\" : false"), json.out());
    assertTrue(json.out().contains("\"next_step\""), json.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build m.onnx -o out.onnx",
        "build m.onnx -o out.plan --opt-level 6",
        "build m.onnx -o out.plan --workspace much",
        "build m.onnx -o out.plan --workspace 0",
        "build m.onnx -o out.plan --pool none=1M",
        "build m.onnx -o out.plan --tactic-sources cudnn,none",
        "build m.onnx -o out.plan --hardware-compatible some",
        "build m.onnx -o out.plan --aux-streams -1",
        "bench m.plan --iterations 0",
        "bench m.plan --streams 0",
        "verify m.plan --seed 1",
        "convert m -o out.engine --opt-level 9",
        "convert m -o out.plan --keep-onnx model.pb",
        "sweep m -o out --engine --part 3/2",
        "sweep m -o out --engine --precisions fp8",
      })
  void wrongOptionsAreUsageErrors(String line) throws IOException {
    String text = line.replace("m.onnx", onnx.toString()).replace("out", folder + "/out");
    CommandRun run = CommandRun.of((Object[]) text.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
  }

  @Test
  void badProfilesAreFoundBeforeAnythingIsLoaded() {
    CommandRun run =
        CommandRun.of("build", onnx, "-o", folder.resolve("o.plan"), "--profile", "x=2x2..1x2");
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("error[TF040]"), run.err());
  }

  @Test
  void missingFilesComeFirst() {
    CommandRun run = CommandRun.of("bench", folder.resolve("none.plan"));
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("error[TF001]"), run.err());
    CommandRun model = CommandRun.of("build", graph, "-o", folder.resolve("o.plan"));
    assertTrue(model.err().startsWith("error[TF002]"), model.err());
  }

  @Test
  void strippedEnginesAskForTheirWeights() {
    JsonFiles.write(
        JsonFiles.object().put("tensorrt", "10.6.0.26").putPOJO("plan", Map.of()),
        folder.resolve("m.plan.json"));
    var sidecar = JsonFiles.read(folder.resolve("m.plan.json")).orElseThrow();
    sidecar.putObject("flags").put("strip-weights", "true");
    JsonFiles.write(sidecar, folder.resolve("m.plan.json"));
    CommandRun run = CommandRun.of("bench", plan);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("built without its weights"), run.err());
    assertTrue(run.err().contains("--weights MODEL.onnx"), run.err());
  }
}
