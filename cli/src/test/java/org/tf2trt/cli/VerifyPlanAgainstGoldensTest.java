// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.cli.verify.PlanOrigin;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.OrtRunner;

/** Engines against goldens; ONNX Runtime with changed outputs stands in for TensorRT. */
class VerifyPlanAgainstGoldensTest {
  @TempDir private Path folder;

  /** Runs the model that lies at the plan's place. */
  private record StandIn(UnaryOperator<Map<String, TensorData>> change) implements PlanRuntime {
    @Override
    public Loaded load(Path plan, Optional<Path> weights) {
      return new Loaded(new ChangedRunner(OrtRunner.open(plan), change), Optional.empty());
    }

    @Override
    public Engines engines(boolean tf32) {
      return new Engines() {
        @Override
        public Built build(Path onnx, Map<String, ShapeRange> profile) {
          return new Built(OrtRunner.open(onnx), 0, 0, List.of());
        }

        @Override
        public void close() {}
      };
    }
  }

  private static VerifyPlanAgainstGoldens.Result verify(
      Path plan,
      Optional<Path> onnx,
      List<Golden> goldens,
      Optional<Path> initial,
      UnaryOperator<Map<String, TensorData>> change) {
    PlanOrigin origin = new PlanOrigin(onnx, Optional.empty(), new StandIn(change));
    return new VerifyPlanAgainstGoldens(origin, goldens, initial, Expectation.STRICT).run(plan);
  }

  // --- state
  // --------------------------------------------------------------------------------------

  private Path stateful() throws IOException {
    SmallModels.unpack("stateful", folder);
    Path onnx = folder.resolve("stateful.onnx");
    CommandRun run =
        CommandRun.of(
            "convert",
            folder.resolve("stateful/saved_model"),
            "-o",
            onnx,
            "--variables",
            "io",
            "--initial-state",
            folder.resolve("state.npz"));
    assertEquals(0, run.code(), run.err());
    return onnx;
  }

  /** The six calls, one by one, as a person would have saved them. */
  private List<Golden> calls() {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    try (Npz npz = Npz.open(folder.resolve("stateful/io.npz"))) {
      npz.names().forEach(n -> arrays.put(n, npz.read(n)));
    }
    List<Golden> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Map<String, TensorData> in = new LinkedHashMap<>();
      Map<String, TensorData> out = new LinkedHashMap<>();
      int call = i;
      arrays.forEach(
          (name, data) ->
              (name.startsWith("in/") ? in : out)
                  .put(name.substring(name.indexOf('/') + 1), row(data, call)));
      calls.add(new Golden(in, out));
    }
    return calls;
  }

  private static TensorData row(TensorData stacked, int at) {
    long[] shape = Arrays.copyOfRange(stacked.shape(), 1, stacked.rank());
    int bytes = stacked.bytes().remaining() / (int) stacked.shape()[0];
    ByteBuffer part = stacked.bytes().slice(at * bytes, bytes).order(stacked.bytes().order());
    return TensorData.of(stacked.dtype(), shape, part);
  }

  @Test
  void eachGoldenGoesOnWithTheStateOfTheOneBefore() throws IOException {
    Path onnx = stateful();
    Optional<Path> initial = Optional.of(folder.resolve("state.npz"));
    VerifyPlanAgainstGoldens.Result result =
        verify(onnx, Optional.of(onnx), calls(), initial, UnaryOperator.identity());
    assertTrue(result.passed(), result.text());
    assertTrue(result.apart().orElseThrow().passed());
    // An engine that leaves the wrong state is found by the next call.
    VerifyPlanAgainstGoldens.Result wrong =
        verify(
            onnx,
            Optional.of(onnx),
            calls(),
            initial,
            outputs -> {
              outputs.computeIfPresent(
                  "mean_next", (n, d) -> TensorData.ofFloats(d.shape(), 9, 9, 9));
              return outputs;
            });
    assertFalse(wrong.passed());
    assertTrue(wrong.problems().toString().contains("'before'"), wrong.problems().toString());
    // So are the calls in another order.
    List<Golden> reversed = new ArrayList<>(calls());
    Collections.reverse(reversed);
    assertFalse(
        verify(onnx, Optional.of(onnx), reversed, initial, UnaryOperator.identity()).passed());
  }

  @Test
  void whatIsMissingOfTheStateIsSaid() throws IOException {
    Path onnx = stateful();
    String unknown = refused(onnx, Optional.empty());
    assertTrue(unknown.contains("--onnx MODEL.onnx"), unknown);
    String first = refused(onnx, Optional.of(onnx));
    assertTrue(first.contains("--initial-state STATE.npz"), first);
    assertTrue(first.contains("keeps state"), first);
  }

  private String refused(Path plan, Optional<Path> onnx) {
    return assertThrows(
            DiagnosticException.class,
            () -> verify(plan, onnx, calls(), Optional.empty(), UnaryOperator.identity()))
        .diagnostics()
        .get(0)
        .text();
  }

  @Test
  void anOnnxFileIsRunTheSameWay() throws IOException {
    Path onnx = stateful();
    List<Object> words = new ArrayList<>(List.of("verify", onnx));
    int i = 0;
    for (Golden call : calls()) {
      Map<String, TensorData> arrays = new LinkedHashMap<>();
      call.inputs().forEach((n, d) -> arrays.put("in/" + n, d));
      call.outputs().forEach((n, d) -> arrays.put("out/" + n, d));
      Path file = folder.resolve("call" + i++ + ".npz");
      Npz.write(file, arrays);
      words.addAll(List.of("--golden", file));
    }
    CommandRun without = CommandRun.of(words.toArray());
    assertEquals(1, without.code());
    assertTrue(without.err().contains("--initial-state"), without.err());
    words.addAll(List.of("--initial-state", folder.resolve("state.npz")));
    CommandRun run = CommandRun.of(words.toArray());
    assertEquals(0, run.code(), run.out() + run.err());
  }

  // --- steps
  // --------------------------------------------------------------------------------------

  /** One of 20 values is a step of 0.5 off. */
  private VerifyPlanAgainstGoldens.Result oneStepOff(Map<String, String> metadata)
      throws IOException {
    Path onnx = folder.resolve("relu.onnx");
    OnnxWriter.write(
        Parser.parse(
            """
            graph @g(%x: f32[20]) {
              %0: f32[20] = onnx.Relu(%x)
              return y = %0
            }
            """),
        EmitOptions.DEFAULT.withMetadata(metadata),
        onnx);
    float[] values = new float[20];
    values[3] = 4;
    TensorData x = TensorData.ofFloats(new long[] {20}, values);
    Golden golden = new Golden(Map.of("x", x), Map.of("y", x));
    Path plan = Files.copy(onnx, folder.resolve("relu.plan"));
    return verify(
        plan,
        Optional.of(onnx),
        List.of(golden),
        Optional.empty(),
        outputs -> {
          float[] moved = outputs.get("y").floats().clone();
          moved[3] += 0.5f;
          outputs.put("y", TensorData.ofFloats(new long[] {20}, moved));
          return outputs;
        });
  }

  @Test
  void aQuantisedOutputIsJudgedInSteps() throws IOException {
    VerifyPlanAgainstGoldens.Result result = oneStepOff(Map.of("quantization_step:y", "0.5"));
    assertTrue(result.passed(), result.text());
  }

  @Test
  void otherOutputsAreNot() throws IOException {
    VerifyPlanAgainstGoldens.Result result = oneStepOff(Map.of("quantization_step:z", "0.5"));
    assertFalse(result.passed());
    // The stand-in for TensorRT gives the model's own outputs when it is asked to build it.
    String cause = result.cause().orElseThrow();
    assertTrue(cause.contains("built from another model"), cause);
  }
}
