// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.Port;

class FirstDivergenceTest {
  private static final int NODES = 1200;

  @TempDir private Path folder;

  /** A chain of negations: node0, node1, ... */
  private Path chain() {
    Graph graph = new Graph("chain");
    TensorType type = TensorType.of(DType.F32, 2);
    Value value = graph.addParam("x", type);
    for (int i = 0; i < NODES; i++) {
      Provenance from = new Provenance.Tf("", "node" + i);
      value =
          graph
              .append(NodeSpec.of("onnx.Neg", List.of(value), new TreeMap<>(), List.of(type), from))
              .result();
    }
    graph.addOutput("y", value);
    Path file = folder.resolve("chain.onnx");
    OnnxWriter.write(graph, EmitOptions.DEFAULT, file);
    return file;
  }

  /** ONNX Runtime, but wrong from one node on. */
  private record Wrong(OrtRunner right, int from) implements ModelRunner {
    @Override
    public List<Port> inputs() {
      return right.inputs();
    }

    @Override
    public List<Port> outputs() {
      return right.outputs();
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      Map<String, TensorData> results = new LinkedHashMap<>(right.run(feeds));
      results.replaceAll(
          (name, data) ->
              name.startsWith("tf2trt_mark_") && Integer.parseInt(name.substring(12)) >= from
                  ? TensorData.ofFloats(data.shape(), 7, 7)
                  : data);
      return results;
    }

    @Override
    public void close() {
      right.close();
    }
  }

  private Optional<FirstDivergence.Found> find(int wrongFrom, AtomicInteger rounds)
      throws IOException {
    return new FirstDivergence(
            chain(),
            folder,
            OrtRunner::open,
            variant -> {
              rounds.incrementAndGet();
              return new Wrong(OrtRunner.open(variant), wrongFrom);
            },
            0)
        .find(Map.of("x", TensorData.ofFloats(new long[] {2}, 1, 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 38, 600, NODES - 1})
  void namesTheFirstNodeThatDiffersInFewRounds(int from) throws IOException {
    AtomicInteger rounds = new AtomicInteger();
    FirstDivergence.Found found = find(from, rounds).orElseThrow();
    assertEquals("'node" + from + "' (Neg)", found.node());
    assertEquals(from == 0 ? "" : "'node" + (from - 1) + "' (Neg)", found.agreeing());
    assertTrue(found.result().problem().contains("largest error"), found.result().problem());
    assertTrue(rounds.get() <= 3, rounds + " rounds");
  }

  /** A fusion differs in the model as it is; a plan that was built from another one does not. */
  @Test
  void saysWhetherTheModelAsItIsAgrees() {
    Map<String, TensorData> x = Map.of("x", TensorData.ofFloats(new long[] {2}, 1, 2));
    Path chain = chain();
    assertTrue(
        new FirstDivergence(chain, folder, OrtRunner::open, OrtRunner::open, 0).agreesAsItIs(x));
    Path fused = folder.resolve("fused.onnx");
    OnnxWriter.write(
        Parser.parse(
            "graph @g(%x: f32[2]) { %0: f32[2] = onnx.Abs(%x) %1: f32[2] = onnx.Neg(%0) return y ="
                + " %1 }"),
        EmitOptions.DEFAULT,
        fused);
    assertFalse(
        new FirstDivergence(chain, folder, OrtRunner::open, v -> OrtRunner.open(fused), 0)
            .agreesAsItIs(x));
  }

  @Test
  void nothingIsFoundWhereTensorsAgree() throws IOException {
    AtomicInteger rounds = new AtomicInteger();
    assertTrue(find(NODES, rounds).isEmpty());
    assertEquals(1, rounds.get());
  }
}
