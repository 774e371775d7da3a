// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.cli.ChangedRunner;
import org.tf2trt.cli.SampleGraphs;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;

/** ONNX Runtime stands in for TensorRT: everything but the engines themselves is real. */
class EngineSweepTest {
  @TempDir private Path folder;
  private Path models;
  private Path out;
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void makeFolders() throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    out = folder.resolve("out");
  }

  private void model(String name, float... expected) throws IOException {
    Path model = Files.createDirectories(models.resolve(name));
    SampleGraphs.relu(model.resolve("graph.pb"));
    Files.writeString(
        model.resolve("META.json"),
        """
        {"name": "m", "kind": "graphdef", "model": "graph.pb",
         "inputs": [{"name": "x", "dtype": "float32", "shape": [-1, 2]}], "outputs": ["y"],
         "goldens": [{"file": "io.npz"}]}
        """);
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    arrays.put("in/x", TensorData.ofFloats(new long[] {1, 2}, -1, 1));
    arrays.put("out/y", TensorData.ofFloats(new long[] {1, 2}, expected));
    Npz.write(model.resolve("io.npz"), arrays);
  }

  private static class Ort implements Engines {
    private int builds;

    @Override
    public Built build(Path onnx, Map<String, ShapeRange> profile) {
      builds++;
      if (onnx.toString().contains("broken")) {
        throw new IllegalStateException("a native exception");
      }
      return new Built(OrtRunner.open(onnx), 1, 2, List.of());
    }

    @Override
    public void close() {}
  }

  private boolean sweep(Engines engines, int part, int parts, boolean resume) throws IOException {
    return sweep(engines, part, parts, resume, EngineSweepTest::convert);
  }

  private boolean sweep(Engines engines, EngineConversions conversions) throws IOException {
    return sweep(engines, 0, 1, false, conversions);
  }

  private static EngineConversions.Converted convert(
      Path model,
      Selection selection,
      List<String> shapes,
      EngineConversions.Demand demand,
      Path onnx) {
    Converter.convert(
        ConvertRequest.of(model, onnx).edit().selection(selection).shapes(shapes).build());
    return new EngineConversions.Converted(List.of(), null, Map.of(), List.of());
  }

  private boolean sweep(
      Engines engines, int part, int parts, boolean resume, EngineConversions conversions)
      throws IOException {
    EngineSweep sweep =
        new EngineSweep(
            new EngineSweep.Request(
                models,
                out,
                Pattern.compile(""),
                part,
                parts,
                List.of("fp32", "fp16"),
                4,
                out,
                resume,
                false,
                folder.resolve("r.json")),
            new PrintWriter(said),
            new PrintWriter(said));
    return sweep.run(engines, conversions, false) == EngineSweep.End.ALL_PASSED;
  }

  private ObjectNode result(String name) {
    return JsonFiles.read(out.resolve(name + ".json")).orElseThrow();
  }

  @Test
  void comparesEveryPrecisionWithTheReferenceAndWithOnnxRuntime() throws IOException {
    model("a/good", 0, 1);
    model("wrong", 0, 2);
    assertFalse(sweep(new Ort(), 0, 1, false));
    ObjectNode good = result("a/good.fp16");
    assertEquals("ok", good.path("status").asText());
    assertEquals(0, good.path("engine").path("error").asDouble());
    assertEquals(0, good.path("engine_against_onnxruntime").path("error").asDouble());
    // Its output happens to be a row of probabilities.
    assertEquals(4, good.path("top1").path("agreeing").asInt());
    ObjectNode wrong = result("wrong.fp32");
    assertEquals("fail", wrong.path("status").asText());
    assertEquals(0.5, wrong.path("engine").path("error").asDouble());
    assertEquals(0.5, wrong.path("onnxruntime").path("error").asDouble());
    assertEquals(0, wrong.path("engine_against_onnxruntime").path("error").asDouble());
    ObjectNode report = JsonFiles.read(folder.resolve("r.json")).orElseThrow();
    assertEquals(4, report.path("engines").size());
    assertEquals(2, report.path("failed").asInt());
    assertFalse(Files.exists(out.resolve("a/good.fp16.onnx")), "models are not kept");
  }

  /** The engine's rounding follows the share of the bound that the conversion is given. */
  @Test
  void anEngineThatIsNotExactEnoughIsBuiltAgain() throws IOException {
    model("a", 0, 1);
    List<Double> asked = new ArrayList<>();
    Engines rounding =
        new Engines() {
          @Override
          public Built build(Path onnx, Map<String, ShapeRange> profile) {
            float error = 0.02f * asked.get(asked.size() - 1).floatValue();
            OrtRunner ort = OrtRunner.open(onnx);
            return new Built(
                off(ort, onnx.toString().contains("fp16") ? error : 0), 1, 2, List.of());
          }

          @Override
          public void close() {}
        };
    EngineSweep.Request request =
        new EngineSweep.Request(
            models,
            out,
            Pattern.compile(""),
            0,
            1,
            List.of("fp32", "fp16"),
            0,
            out,
            false,
            false,
            folder.resolve("r.json"));
    assertEquals(
        EngineSweep.End.ALL_PASSED,
        new EngineSweep(request, new PrintWriter(said), new PrintWriter(said))
            .run(
                rounding,
                (model, selection, shapes, demand, onnx) -> {
                  asked.add(demand.choice().share());
                  return convert(model, selection, shapes, demand, onnx);
                },
                false));
    assertEquals(List.of(1.0, 1.0, 0.3), asked);
    ObjectNode low = result("a.fp16");
    assertEquals(0.006, low.path("engine").path("error").asDouble(), 1e-6);
    assertTrue(low.path("messages").path(0).asText().contains("built again"));
  }

  /** Every later build would fail with the same error, whatever it is of. */
  @Test
  void aLostGpuEndsTheSweep() throws IOException {
    model("a-good", 0, 1);
    model("b-broken", 0, 1);
    model("c-good", 0, 1);
    Ort engines =
        new Ort() {
          @Override
          public boolean lost() {
            return true;
          }
        };
    EngineSweep.Request request =
        new EngineSweep.Request(
            models,
            out,
            Pattern.compile(""),
            0,
            1,
            List.of("fp32", "fp16"),
            0,
            out,
            false,
            false,
            folder.resolve("r.json"));
    EngineSweep sweep = new EngineSweep(request, new PrintWriter(said), new PrintWriter(said));
    assertEquals(EngineSweep.End.GPU_LOST, sweep.run(engines, EngineSweepTest::convert, false));
    assertEquals("ok", result("a-good.fp32").path("status").asText());
    assertEquals("fail", result("b-broken.fp32").path("status").asText());
    assertFalse(Files.exists(out.resolve("b-broken.fp16.json")));
    assertFalse(Files.exists(out.resolve("c-good.fp32.json")));
    assertTrue(
        said.toString().contains("'b-broken' in fp32 ended its use by this process"),
        said.toString());
    sweep(new Ort(), 0, 1, true);
    assertEquals("fail", result("b-broken.fp32").path("status").asText());
    assertEquals("ok", result("c-good.fp32").path("status").asText());
  }

  /** What ONNX Runtime rounds away in low precision is told; in fp32 it fails. */
  @Test
  void inLowPrecisionTheEngineDecides() throws IOException {
    model("a", 0.05f, 1);
    Engines exact =
        new Engines() {
          @Override
          public Built build(Path onnx, Map<String, ShapeRange> profile) {
            return new Built(off(OrtRunner.open(onnx), 0.05f), 1, 2, List.of());
          }

          @Override
          public void close() {}
        };
    assertFalse(sweep(exact, 0, 1, false));
    assertEquals("fail", result("a.fp32").path("status").asText());
    ObjectNode low = result("a.fp16");
    assertEquals("ok", low.path("status").asText());
    assertEquals(0.05, low.path("onnxruntime").path("error").asDouble(), 1e-6);
    assertTrue(low.path("messages").path(0).asText().startsWith("note: ONNX Runtime: "));
  }

  private static ModelRunner off(OrtRunner ort, float error) {
    return new ChangedRunner(
        ort,
        outputs -> {
          outputs.replaceAll(
              (name, data) -> {
                float[] values = data.floats();
                values[0] += error;
                return TensorData.ofFloats(data.shape(), values);
              });
          return outputs;
        });
  }

  /** The conversion has said so already; an engine that fails without warning is another thing. */
  @Test
  void whatTensorRtIsKnownNotToTakeIsNoFailure() throws IOException {
    model("a", 0, 1);
    EngineConversions refusing =
        (model, selection, shapes, demand, onnx) -> {
          throw DiagnosticException.of(
              demand.precision().equals("fp32") ? Code.NOT_FOR_TENSORRT : Code.TENSORRT_REFUSED,
              "'n' (Op)",
              "TensorRT does not take it",
              "cut it off");
        };
    assertFalse(sweep(new Ort(), refusing));
    assertEquals("not_for_tensorrt", result("a.fp32").path("status").asText());
    assertEquals("fail", result("a.fp16").path("status").asText());
    assertTrue(
        said.toString()
            .contains("2 engines: 0 passed, 0 refused as expected, 1 not for TensorRT, 1 failed"),
        said.toString());
  }

  /** First their ranks, which keeps the engine general, then their extents as well. */
  @Test
  void shapesOfInputsAreTakenFromTheGoldensWhereTensorRtNeedsThem() throws IOException {
    model("a", 0, 1);
    List<List<String>> asked = new ArrayList<>();
    EngineConversions picky =
        (model, selection, shapes, demand, onnx) -> {
          asked.add(shapes);
          if (!shapes.contains("x=1x2")) {
            throw DiagnosticException.of(
                Code.NOT_FOR_TENSORRT, "Squeeze", "its rank is not known: 'n'", "pin the shapes");
          }
          return convert(model, selection, shapes, demand, onnx);
        };
    assertTrue(sweep(new Ort(), picky), said.toString());
    assertEquals(List.of(List.of(), List.of("x=?x?"), List.of("x=1x2")), asked.subList(0, 3));
  }

  @Test
  void whatANativeLibraryThrowsStopsNothing() throws IOException {
    model("a_broken", 0, 1);
    model("b", 0, 1);
    assertFalse(sweep(new Ort(), 0, 1, false));
    assertTrue(
        result("a_broken.fp32").path("messages").path(0).asText().contains("a native exception"));
    assertEquals("ok", result("b.fp16").path("status").asText());
  }

  @Test
  void aSweepGoesOnBehindTheEngineThatEndedTheProcess() throws IOException {
    model("a", 0, 1);
    model("b", 0, 1);
    assertTrue(sweep(new Ort(), 0, 1, false));
    ObjectNode crashed = result("a.fp16");
    crashed.put("status", "running");
    JsonFiles.write(crashed, out.resolve("a.fp16.json"));
    Files.delete(out.resolve("b.fp32.json"));
    Ort engines = new Ort();
    assertFalse(sweep(engines, 0, 1, true));
    assertEquals(1, engines.builds);
    assertEquals("fail", result("a.fp16").path("status").asText());
    assertEquals("ok", result("b.fp32").path("status").asText());
  }

  @Test
  void partsShareTheModels() throws IOException {
    model("a", 0, 1);
    model("b", 0, 1);
    model("c", 0, 1);
    assertTrue(sweep(new Ort(), 1, 2, false));
    assertFalse(Files.exists(out.resolve("a.fp32.json")));
    assertTrue(Files.exists(out.resolve("b.fp32.json")));
    assertTrue(sweep(new Ort(), 0, 2, false));
    assertTrue(Files.exists(out.resolve("a.fp32.json")));
    assertTrue(Files.exists(out.resolve("c.fp32.json")));
  }
}
