// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.frontend.quantized.Jump;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.check.Verification;
import org.tf2trt.verify.check.VerificationState;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.statistics.OutputSummary;

/** Two layers that round, and a factor of a thousand behind the first. */
class LayerwiseTest {
  private static final int SIZE = 1000;

  /** A few values lie at the edge of two steps. */
  private static final String NETWORK =
      """
      graph @g(%x: f32[1000]) {
        %0: f32[1000] = onnx.Mul(%x, f32[]{FACTOR}) @"first"
        %1: f32[1000] = onnx.Round(%0) @"q1"
        %2: f32[1000] = onnx.Mul(%1, f32[]{1000.5}) @"second"
        %3: f32[1000] = onnx.Add(%2, f32[]{BIAS}) @"second"
        %4: f32[1000] = onnx.Round(%3) @"q2"
        %5: f32[1000] = onnx.Neg(%4) @"last"
        return y = %5
      }
      """;

  private static final List<Jump> JUMPS = List.of(jump("q1"), jump("q2"));

  @TempDir private Path folder;

  private static Jump jump(String node) {
    return new Jump(node, 1.0000001, Optional.empty());
  }

  private static Graph network(String factor, String bias) {
    return Parser.parse(NETWORK.replace("FACTOR", factor).replace("BIAS", bias));
  }

  private static Map<String, TensorData> feeds() {
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = i % 500 == 7 ? 2.5f : i * 0.37f % 5;
    }
    return Map.of("x", TensorData.ofFloats(new long[] {SIZE}, x));
  }

  /** TensorFlow: the network with its own factor, whose inner tensors can be asked for. */
  private record Original(Graph graph) implements InnerTensors, ModelRunner {
    static Original of(Graph network) {
      network.addOutput("q1:0", network.nodes().get(1).result());
      network.addOutput("q2:0", network.nodes().get(4).result());
      return new Original(network);
    }

    @Override
    public Graph imported() {
      return graph;
    }

    @Override
    public List<String> known(List<String> tensors) {
      return tensors;
    }

    @Override
    public Map<String, TensorData> fetch(Map<String, TensorData> feeds, List<String> tensors) {
      Map<String, TensorData> all = new LinkedHashMap<>(Evaluator.evaluate(graph, feeds));
      all.keySet().retainAll(Set.copyOf(tensors));
      return all;
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      return fetch(feeds, List.of("y"));
    }

    @Override
    public List<Port> inputs() {
      return List.of();
    }

    @Override
    public List<Port> outputs() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private Map<String, OutputSummary> compare(Graph converted) {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(converted, EmitOptions.DEFAULT, file);
    Original original = Original.of(network("1.0", "0.25"));
    try (Layerwise model = Layerwise.open(file, JUMPS, original, feeds()).orElseThrow()) {
      Verification run =
          new Verification(
              original,
              List.of(
                  new Candidate("m", model, model.bounds(Candidate.Bounds.TABLE), true, model)));
      run.call(feeds());
      VerificationState state = run.state("");
      Map<String, OutputSummary> compared = new LinkedHashMap<>();
      state.candidates().get("m").forEach(o -> compared.put(o.name(), o));
      return compared;
    }
  }

  @Test
  void aStepThatMovedIsNotPassedOn() {
    Map<String, OutputSummary> compared = compare(network("1.0000001", "0.25"));
    assertEquals(List.of("y", "quantised 'q1'", "quantised 'q2'"), List.copyOf(compared.keySet()));
    // 2.5 rounds to 2, and what is a little more to 3: the network as a whole is 1000 off.
    assertEquals(1, compared.get("quantised 'q1'").totals().maxAbs());
    assertEquals(0, compared.get("y").totals().maxAbs());
    compared.values().forEach(o -> assertTrue(o.passed(), o.failures().toString()));
  }

  @Test
  void aLayerThatIsWrongFails() {
    // This bias moves every other value by a step.
    Map<String, OutputSummary> compared = compare(network("1.0", "0.6"));
    assertFalse(compared.containsKey("quantised 'q2'"), "no place to go on from");
    assertTrue(compared.get("quantised 'q1'").passed());
    assertFalse(compared.get("y").passed());
  }

  @Test
  void aFactorThatMovedIsNoFault() {
    Graph moved =
        Parser.parse(
            """
            graph @g(%x: f32[1000]) {
              %0: f32[1000] = onnx.Round(%x) @"first"
              %1: f32[1000] = onnx.Mul(%0, f32[]{1000.5}) @"q1"
              %2: f32[1000] = onnx.Add(%1, f32[]{0.25}) @"second"
              %3: f32[1000] = onnx.Round(%2) @"q2"
              %4: f32[1000] = onnx.Neg(%3) @"last"
              return y = %4
            }
            """);
    Map<String, OutputSummary> compared = compare(moved);
    assertEquals(List.of("y", "quantised 'q2'"), List.copyOf(compared.keySet()));
    compared.values().forEach(o -> assertTrue(o.passed(), o.failures().toString()));
  }

  @Test
  void thereHasToBeAPlace() {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(network("1.0", "0.25"), EmitOptions.DEFAULT, file);
    Original original = Original.of(network("1.0", "0.25"));
    assertEquals(Optional.empty(), Layerwise.open(file, List.of(jump("q3")), original, feeds()));
  }
}
