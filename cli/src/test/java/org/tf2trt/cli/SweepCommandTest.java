// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.npy.Npy;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.reference.TensorFlowNatives;

class SweepCommandTest {
  @TempDir private Path folder;
  private Path models;
  private Path out;

  @BeforeEach
  void makeFolders() throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    out = folder.resolve("out");
  }

  private static final TensorData X = TensorData.ofFloats(new long[] {1, 2}, -1, 2);

  private static TensorData y(float value) {
    return TensorData.ofFloats(new long[] {1, 2}, 0, value);
  }

  private void caseZip(String name, float y) throws IOException {
    caseZip(name, SampleGraphs.relu(folder.resolve("graph.pb")), y, "");
  }

  private void caseZip(String name, Path graph, float y, String tags) throws IOException {
    String meta =
        """
        {"op": "Relu", "tags": [%s], "check": "values", "tolerance": {"rtol": 1e-4, "atol": 1e-5},
         "inputs": [{"name": "x", "dtype": "float32", "shape": [-1, 2], "file": "in/x.npy"}],
         "outputs": [{"name": "y:0", "dtype": "float32", "shape": [1, 2], "file": "out/y:0.npy"}]}
        """
            .formatted(tags);
    Path zip = models.resolve(name + ".zip");
    Files.createDirectories(zip.getParent());
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(file)) {
      put(entries, "graph.pb", Files.readAllBytes(graph));
      put(entries, "meta.json", meta.getBytes(StandardCharsets.UTF_8));
      put(entries, "in/x.npy", npy(X));
      put(entries, "out/y:0.npy", npy(y(y)));
    }
  }

  private static byte[] npy(TensorData data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Npy.write(data, bytes);
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private void described(String name, String goldens, String more) throws IOException {
    Path model = Files.createDirectories(models.resolve(name));
    SampleGraphs.relu(model.resolve("graph.pb"));
    Files.writeString(
        model.resolve("META.json"),
        """
        {"name": "m", "kind": "graphdef", "model": "graph.pb",
         "inputs": [{"name": "x", "dtype": "float32", "shape": [-1, 2]}], "outputs": ["y"],
         "goldens": [%s] %s}
        """
            .formatted(goldens, more));
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    arrays.put("in/x", X);
    arrays.put("out/y", y(2));
    Npz.write(model.resolve("io.npz"), arrays);
  }

  private CommandRun sweep(Object... more) {
    Object[] all = new Object[4 + more.length];
    all[0] = "sweep";
    all[1] = models;
    all[2] = "-o";
    all[3] = out;
    System.arraycopy(more, 0, all, 4, more.length);
    return CommandRun.of(all);
  }

  @Test
  void runsEveryKindAndNamesTheOutputs() throws IOException {
    caseZip("a/b", 2);
    described("c/d", "{\"file\": \"io.npz\"}", "");
    SampleGraphs.relu(models.resolve("e.pb"));
    CommandRun run = sweep();
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(Files.exists(out.resolve("a/b.onnx")));
    assertTrue(Files.exists(out.resolve("c/d.onnx")));
    assertTrue(Files.exists(out.resolve("e.onnx")));
    assertTrue(run.out().contains("3 models: 3 ok"), run.out());
  }

  /** Only with the right code, and only where the tags say so. */
  @Test
  void casesOfStringsMayBeRefused() throws IOException {
    Path host =
        SampleGraphs.save(
            folder.resolve("host.pb"),
            SampleGraphs.placeholder("x", -1, 2),
            SampleGraphs.node("s", "AsString", Map.of("T", SampleGraphs.type()), "x"),
            SampleGraphs.node("y", "StringToNumber", Map.of("out_type", SampleGraphs.type()), "s"));
    caseZip("a", host, 2, "\"string\"");
    caseZip("b", host, 2, "\"no-trt\"");
    caseZip("c", host, 2, "\"dynamic\"");
    CommandRun run = sweep();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("3 models: 0 ok, 2 refused as expected, 1 failed"), run.out());
  }

  @Test
  void aFailureDoesNotStopTheRest() throws IOException {
    caseZip("a", 2);
    caseZip("b", 3);
    Files.writeString(models.resolve("c.zip"), "no zip");
    Files.writeString(models.resolve("d.pb"), "no model");
    caseZip("e", 2);
    CommandRun run = sweep("--report", folder.resolve("r.json"));
    assertEquals(1, run.code());
    assertTrue(run.out().contains("5 models: 2 ok, 0 refused as expected, 3 failed"), run.out());
    assertTrue(run.out().contains("error[TF016] output 'y:0'"), run.out());
    String json = Files.readString(folder.resolve("r.json"));
    assertTrue(json.contains("\"fail\" : 3"), json);
  }

  @Test
  void cutGoldensGetModelsOfTheirOwn() throws IOException {
    String cut =
        "{\"file\": \"io.npz\", \"cut\": {\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2]}]}}";
    described("m", cut, "");
    CommandRun run = sweep();
    assertEquals(0, run.code(), run.out());
    assertTrue(Files.exists(out.resolve("m.onnx")));
    assertTrue(Files.exists(out.resolve("m.io.onnx")));
  }

  @Test
  void refusalsAreJudgedByTheDescription() throws IOException {
    described("converts", "", ", \"expect\": \"refuse\"");
    described("refused", "", ", \"expect\": \"refuse\"");
    SampleGraphs.save(
        models.resolve("refused/graph.pb"),
        SampleGraphs.placeholder("x", 2),
        SampleGraphs.node("y", "NoSuchOp", Map.of(), "x"));
    CommandRun run = sweep();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("REFUSED  refused"), run.out());
    assertTrue(run.out().contains("FAIL     converts"), run.out());
    assertFalse(Files.exists(out.resolve("refused.onnx")));
  }

  @Test
  void tensorFlowIsAskedToo() throws IOException {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
    described("m", "{\"file\": \"io.npz\"}", "");
    caseZip("wrong", 3);
    CommandRun run = sweep("--tensorflow", "--report", folder.resolve("r.json"));
    assertEquals(1, run.code());
    assertTrue(run.out().contains("2 models: 1 ok, 0 refused as expected, 1 failed"), run.out());
    JsonNode results =
        new ObjectMapper().readTree(folder.resolve("r.json").toFile()).path("results");
    JsonNode good = results.path(0).path("tensorflow");
    assertTrue(good.path("passed").asBoolean(), good.toString());
    assertEquals("generated, seed 0; x [2, 2] in -1..1", good.path("data").asText());
    JsonNode wrong = results.path(1).path("tensorflow"); // its golden says 3 where there is 2
    assertEquals(0, wrong.path("error").asDouble());
    assertEquals(0, wrong.path("error_on_goldens").asDouble());
    assertEquals(1 / 3.0, wrong.path("goldens_apart").asDouble(), 1e-6);
    assertEquals(2, sweep("--tensorflow", "--target", "trt").code());
  }

  @Test
  void selectsByName() throws IOException {
    caseZip("a/one", 2);
    caseZip("a/two", 2);
    CommandRun run = sweep("--only", "two");
    assertTrue(run.out().contains("1 models: 1 ok"), run.out());
    assertFalse(Files.exists(out.resolve("a/one.onnx")));
  }

  @Test
  void aMissingFolderIsAnError() {
    CommandRun run = CommandRun.of("sweep", folder.resolve("none"), "-o", out);
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("error[TF001]"), run.err());
  }
}
