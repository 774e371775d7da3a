// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.reference.TensorFlowNatives;
import org.tf2trt.verify.run.OrtRunner;

/** A compiler that gets one node wrong: the bisection of the engine names that node. */
class EngineFaultsTest {
  private static final Path SAMPLE = Path.of("../examples/sample-model/saved_model");
  private static final Path DENSE = Path.of("../frontend-tf/src/test/resources/models/tf2_dense");

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();
  private Path onnx;
  private Path html;

  @BeforeAll
  static void needsTensorFlow() {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
  }

  private void convert(Path model) {
    onnx = folder.resolve("m.onnx");
    Converter.convert(ConvertRequest.of(model, onnx));
  }

  private FaultyRuntime wrong(String op, String name, Consumer<Node> fault) {
    return new FaultyRuntime(
        folder, n -> n.is("onnx." + op) && n.provenance().name().endsWith(name), fault);
  }

  private JsonNode verify(Path model, FaultyRuntime runtime, boolean withOnnx) throws IOException {
    Path plan = folder.resolve("m.plan");
    Files.copy(onnx, plan);
    VerifyOptions options =
        VerifyOptions.once()
            .with(
                new PlanOrigin(
                    withOnnx ? Optional.of(onnx) : Optional.empty(), Optional.empty(), runtime));
    html = folder.resolve("page.html");
    options.html = html;
    Path report = folder.resolve("report.json");
    PrintWriter out = new PrintWriter(said);
    boolean passed =
        new VerifyAgainstTensorFlow(model, plan, Selection.DEFAULT, options, 1, false, out, out)
            .run(false, report);
    assertFalse(passed, said.toString());
    return new ObjectMapper().readTree(report.toFile());
  }

  @Test
  void theFirstWrongNodeIsNamedEverywhere() throws IOException {
    convert(SAMPLE);
    FaultyRuntime runtime =
        wrong(
            "InstanceNormalization",
            "instance_norm_3_1/add_1",
            n -> SeededFaultsTest.set(n, "epsilon", new Attr.Real(1e-2)));
    JsonNode report = verify(SAMPLE, runtime, true);
    assertEquals("TensorRT", report.path("runtimes").path(0).path("name").asText());
    assertEquals("ONNX Runtime", report.path("runtimes").path(1).path("name").asText());
    assertTrue(report.path("runtimes").path(1).path("passed").asBoolean());

    JsonNode found = report.path("bisection");
    assertTrue(
        found.path("tensor").asText().endsWith("instance_norm_3_1/add_1:0"), said.toString());
    assertEquals("TensorRT", found.path("runtime").asText());
    assertTrue(found.path("error").asDouble() > 1e-3);
    assertTrue(found.path("onnxruntime_error").asDouble() < 1e-5);
    assertTrue(found.path("engine_against_onnxruntime").asDouble() > 1e-3);
    assertTrue(found.path("inputs").size() > 0);
    found.path("inputs").forEach(i -> assertTrue(i.path("error").asDouble() < 1e-4));
    report.path("layers").forEach(l -> assertTrue(l.has("onnxruntime_error"), l.toString()));
    assertTrue(runtime.builds <= 4, runtime.builds + " engines");

    String text = said.toString();
    assertTrue(text.contains("first TensorFlow node that differs: '"), text);
    assertTrue(text.contains("instance_norm_3_1/add_1' (InstanceNormalization here)"), text);
    assertTrue(text.contains("ONNX Runtime's error there"), text);
    assertTrue(Files.readString(html).contains("\"runtime\":\"TensorRT\""));
    reproduces(found.path("command").asText());
  }

  /** The cut-out is right in ONNX Runtime, so that an engine of it is what is to be looked at. */
  private void reproduces(String command) {
    Path cutout = folder.resolve("m.reproducer/cutout.onnx");
    assertTrue(command.startsWith("tf2trt build " + cutout + " -o "), command);
    assertTrue(command.contains(" && tf2trt verify "), command);
    Golden golden = GoldenFile.of(cutout.resolveSibling("io.npz")).read().get(0);
    try (OrtRunner runner = OrtRunner.open(cutout)) {
      Comparison compared = GoldenCheck.check(runner, golden, Expectation.STRICT);
      assertTrue(compared.passed(), compared.problems().toString());
    }
    assertTrue(OnnxReader.read(cutout).graph().size() <= 3);
  }

  @Test
  void aFusionThatGoesWrongIsSaidToBeOne() throws IOException {
    convert(DENSE);
    FaultyRuntime runtime = wrong("Gemm", "/add", n -> n.setInput(2, Value.Absent.INSTANCE));
    runtime.onlyFused = true;
    JsonNode report = verify(DENSE, runtime, true);
    assertTrue(report.path("bisection").isMissingNode());
    assertTrue(report.path("cause").asText().contains("a fusion of TensorRT"), report.toString());
    assertTrue(said.toString().contains("a fusion of TensorRT"), said.toString());
  }

  @Test
  void aPlanOfAnotherModelIsSaidToBeOne() throws IOException {
    convert(DENSE);
    FaultyRuntime runtime = wrong("Gemm", "/add", n -> n.setInput(2, Value.Absent.INSTANCE));
    runtime.onlyPlan = true;
    JsonNode report = verify(DENSE, runtime, true);
    assertTrue(report.path("bisection").isMissingNode());
    assertTrue(report.path("cause").asText().contains("another model"), report.toString());
    assertTrue(said.toString().contains("another model"), said.toString());
  }

  /** What the conversion did wrong is not blamed on TensorRT. */
  @Test
  void aModelThatIsWrongItselfIsLookedAtFirst() throws IOException {
    convert(DENSE);
    Graph graph = OnnxReader.read(onnx).graph();
    graph.nodes().stream()
        .filter(n -> n.is("onnx.Gemm"))
        .findFirst()
        .orElseThrow()
        .setInput(2, Value.Absent.INSTANCE);
    Path wrong = folder.resolve("wrong.onnx");
    OnnxWriter.write(graph, EmitOptions.DEFAULT, wrong);
    onnx = wrong;
    FaultyRuntime runtime = new FaultyRuntime(folder, n -> true, n -> {});
    JsonNode report = verify(DENSE, runtime, true);
    assertTrue(report.path("bisection").path("tensor").asText().endsWith("/add:0"));
    assertTrue(report.path("bisection").path("runtime").isMissingNode());
    assertTrue(said.toString().contains("ONNX Runtime differs from TensorFlow, too"));
    assertEquals(0, runtime.builds);
  }

  @Test
  void withoutTheModelItSaysWhatToGive() throws IOException {
    convert(DENSE);
    JsonNode report =
        verify(DENSE, wrong("Gemm", "/add", n -> n.setInput(2, Value.Absent.INSTANCE)), false);
    assertTrue(report.path("bisection").isMissingNode());
    assertTrue(said.toString().contains("--onnx MODEL.onnx"), said.toString());
  }
}
