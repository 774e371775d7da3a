// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.npy.Npz;

class ConvertCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path onnx;

  @BeforeEach
  void makeModel() throws IOException {
    model = SampleGraphs.relu(folder.resolve("relu.pb"));
    onnx = folder.resolve("out/relu.onnx");
  }

  private Path golden(float y) throws IOException {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    arrays.put("in/x", TensorData.ofFloats(new long[] {1, 2}, -1, 2));
    arrays.put("out/y", TensorData.ofFloats(new long[] {1, 2}, 0, y));
    Path file = folder.resolve("io.npz");
    Npz.write(file, arrays);
    return file;
  }

  @Test
  void convertsAndVerifies() throws IOException {
    CommandRun run = CommandRun.of("convert", model, "-o", onnx);
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertTrue(run.out().contains("1 nodes"), run.out());
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", golden(2));
    assertEquals(0, verify.code(), verify.err());
    assertTrue(verify.out().contains("equal within tolerance"), verify.out());
  }

  /** TF1's graphs have inputs that are settings; the model that is left has none. */
  @Test
  void inputsBecomeConstants() throws IOException {
    String placeholder =
        "node { name: '%s' op: 'Placeholder' attr { key: 'dtype' value { type: %s } } }";
    String graph =
        placeholder.formatted("x", "DT_FLOAT")
            + placeholder.formatted("keep", "DT_BOOL")
            + "node { name: 'n' op: 'Neg' input: 'x' attr { key: 'T' value { type: DT_FLOAT } } }"
            + "node { name: 'y' op: 'Select' input: 'keep' input: 'x' input: 'n'"
            + " attr { key: 'T' value { type: DT_FLOAT } } }";
    Path text = Files.writeString(folder.resolve("select.pbtxt"), graph.replace('\'', '"'));
    CommandRun run =
        CommandRun.of("convert", text, "-o", onnx, "--outputs", "y", "--value", "keep=false");
    assertEquals(0, run.code(), run.err());
    Path golden = folder.resolve("negated.npz");
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    arrays.put("in/x", TensorData.ofFloats(new long[] {2}, -1, 2));
    arrays.put("out/y", TensorData.ofFloats(new long[] {2}, 1, -2));
    Npz.write(golden, arrays);
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", golden);
    assertEquals(0, verify.code(), verify.err());
    CommandRun inspect = CommandRun.of("inspect", onnx);
    assertFalse(inspect.out().contains("in   keep"), inspect.out());
    assertTrue(inspect.out().contains("fixed:keep         false"), inspect.out());
    CommandRun unknown = CommandRun.of("convert", text, "-o", onnx, "--value", "kept=false");
    assertEquals(1, unknown.code());
    assertTrue(
        unknown.err().startsWith("error[TF006] kept: there is no such input"), unknown.err());
  }

  @Test
  void wrongOutputsFailVerification() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", golden(2.1f), "--json");
    assertEquals(1, verify.code());
    assertTrue(verify.err().startsWith("error[TF016] output 'y'"), verify.err());
    assertTrue(verify.out().contains("\"passed\" : false"), verify.out());
    CommandRun loose =
        CommandRun.of("verify", onnx, "--golden", golden(2.1f), "--rtol", "0", "--atol", "0.2");
    assertEquals(0, loose.code(), loose.err());
  }

  @Test
  void goldensAreJudgedByTheToleranceThatIsAsked() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    Path golden = golden(2.1f); // off by 0.1 of 2.1
    CommandRun loose = CommandRun.of("verify", onnx, "--golden", golden, "--tolerance", "0.05");
    assertEquals(0, loose.code(), loose.err());
    assertTrue(loose.out().contains("tightest tolerance that passes: 4.8e-02"), loose.out());
    assertEquals(
        1, CommandRun.of("verify", onnx, "--golden", golden, "--tolerance", "0.04").code());
    assertEquals(
        0, CommandRun.of("verify", onnx, "--golden", golden, "--tolerance", "y=0.05").code());
    assertEquals(
        1,
        CommandRun.of("verify", onnx, "--golden", golden(2.00001f), "--tolerance", "1e-6").code());
  }

  @Test
  void optionsThatAGoldenCannotFollowAreRefused() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    CommandRun other = CommandRun.of("verify", onnx, "--golden", golden(2), "--tolerance", "z=1");
    assertEquals(1, other.code());
    assertTrue(other.err().startsWith("error[TF0"), other.err());
    assertTrue(other.err().contains("the outputs are y"), other.err());
    for (String option :
        List.of("--samples=3", "--range=x=0..1", "--dim=batch=1", "--html=r.html")) {
      CommandRun run = CommandRun.of("verify", onnx, "--golden", golden(2), option);
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().contains(option.substring(0, option.indexOf('='))), run.err());
    }
  }

  @Test
  void goldenFilesWithoutOutputsAreRefused() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    Path empty = folder.resolve("empty.npz");
    Npz.write(empty, Map.of("in/x", TensorData.ofFloats(new long[] {1, 2}, -1, 2)));
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", empty);
    assertEquals(1, verify.code());
    assertTrue(verify.err().startsWith("error[TF021]"), verify.err());
  }

  @Test
  void writesAReport() throws IOException {
    Path report = folder.resolve("report.json");
    CommandRun run = CommandRun.of("convert", model, "-o", onnx, "--report", report);
    assertEquals(0, run.code(), run.err());
    String json = Files.readString(report);
    assertTrue(json.contains("\"sha256\""), json);
    assertTrue(json.contains("\"Relu\" : 1"), json);
    assertTrue(json.contains("\"transposes_inside\" : 0"), json);
  }

  @Test
  void pinsShapes() throws IOException {
    CommandRun run = CommandRun.of("convert", model, "-o", onnx, "--shape", "x=4x2");
    assertEquals(0, run.code(), run.err());
    CommandRun inspect = CommandRun.of("inspect", onnx);
    assertTrue(inspect.out().contains("f32[4,2]"), inspect.out());
  }

  @Test
  void printsGraphsAndTimes() {
    CommandRun run =
        CommandRun.of(
            "convert", model, "-o", onnx, "--print-before", "lower-tensor-flow", "--time-passes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("// before lower-tensor-flow"), run.err());
    assertTrue(run.err().contains("tf.Relu"), run.err());
    assertTrue(run.err().contains("ms  lower-tensor-flow"), run.err());
  }

  @Test
  void choosesPasses() {
    assertEquals(
        0, CommandRun.of("convert", model, "-o", onnx, "--passes", "fold-constants").code());
    assertEquals(0, CommandRun.of("convert", model, "-o", onnx, "--passes=-canonicalise").code());
    CommandRun unknown = CommandRun.of("convert", model, "-o", onnx, "--passes", "fold-everything");
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().startsWith("error[TF019]"), unknown.err());
  }

  @Test
  void unknownPassesAndRulesAreRefused() {
    for (String[] o :
        new String[][] {
          {"--print-after", "nope"}, {"--print-before", "nope"}, {"--explain", "Nope@y"}
        }) {
      CommandRun run = CommandRun.of("convert", model, "-o", onnx, o[0], o[1]);
      assertEquals(1, run.code(), o[0]);
      assertTrue(run.err().startsWith("error[TF019]"), run.err());
    }
  }

  @Test
  void explainsRules() {
    CommandRun run = CommandRun.of("convert", model, "-o", onnx, "--explain", "DropIdentity@y");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("DropIdentity did not decline at 'y'"), run.err());
  }

  @Test
  void generatesInputs() {
    CommandRun.of("convert", model, "-o", onnx);
    CommandRun run = CommandRun.of("verify", onnx, "--seed", 1);
    assertEquals(0, run.code(), run.err());
    assertEquals(2, CommandRun.of("verify", onnx).code());
  }

  @Test
  void sameInputGivesSameBytes() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    byte[] first = Files.readAllBytes(onnx);
    CommandRun.of("convert", model, "-o", onnx);
    assertTrue(java.util.Arrays.equals(first, Files.readAllBytes(onnx)));
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    CommandRun.of("convert", model, "-o", onnx);
    try (var files = Files.list(onnx.getParent())) {
      assertEquals(1, files.count());
    }
    assertFalse(Files.exists(folder.resolve("out/relu.onnx.data")));
  }
}
