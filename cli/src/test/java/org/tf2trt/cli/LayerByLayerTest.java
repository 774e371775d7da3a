// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** A network that quantises twice, too far from its output to judge that in steps. */
class LayerByLayerTest {
  private static final String GRAPH =
      """
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "shape" value { shape { dim { size: 64 } dim { size: 2 } } } } }
      node { name: "w" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } dim { size: 2 } }
          float_val: 3.0 float_val: -1.0 float_val: 0.5 float_val: 2.0 } } } }
      node { name: "sums" op: "MatMul" input: "x" input: "w" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "q1" op: "FakeQuantWithMinMaxArgs" input: "sums"
        attr { key: "min" value { f: -4 } } attr { key: "max" value { f: 4 } } }
      node { name: "t1" op: "Tanh" input: "q1" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "more" op: "MatMul" input: "t1" input: "w" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "q2" op: "FakeQuantWithMinMaxArgs" input: "more"
        attr { key: "min" value { f: -9 } } attr { key: "max" value { f: 9 } } }
      node { name: "t2" op: "Tanh" input: "q2" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "tail" op: "MatMul" input: "t2" input: "w" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "tanh" op: "Tanh" input: "tail" attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "y" op: "MatMul" input: "tanh" input: "w" attr { key: "T" value { type: DT_FLOAT } } }
      """;

  @TempDir private Path folder;
  private Path model;
  private Path onnx;

  private void convert() throws IOException {
    TextModel made = TextModel.convert(GRAPH, folder);
    model = made.graph();
    onnx = made.onnx();
  }

  private CommandRun verify(Path report) {
    return CommandRun.of(
        "verify", model, onnx, "--outputs", "y", "--report", report, "--samples", "640");
  }

  /** Adds to what a node reads; the sums of the node are then off by as much. */
  private void shift(String node, double by) {
    OnnxModel read = OnnxReader.read(onnx);
    Node first =
        read.graph().nodes().stream()
            .filter(n -> n.provenance().name().equals(node))
            .findFirst()
            .orElseThrow();
    Node moved =
        read.graph()
            .insertBefore(
                first,
                NodeSpec.of(
                    "onnx.Add",
                    List.of(
                        first.input(0),
                        new Value.Constant(
                            TensorData.ofFloats(new long[0], (float) by), first.provenance())),
                    Map.of(),
                    List.of(first.input(0).type()),
                    new Provenance.Tf("", "fault")));
    first.setInput(0, moved.result());
    OnnxWriter.write(read.graph(), EmitOptions.DEFAULT, onnx);
  }

  @Test
  void everyLayerIsComparedWithTensorFlow() throws IOException {
    convert();
    Path report = folder.resolve("report.json");
    CommandRun run = verify(report);
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("ONNX Runtime, layer by layer against TensorFlow:"), run.out());
    assertTrue(run.out().contains("2 quantised tensors, each computed from"), run.out());
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    JsonNode layers = json.get("runtimes").get(2).get("quantised");
    assertEquals("quantised 'q1'", layers.get(0).get("tensor").asText());
    assertEquals(8.0 / 255, layers.get(0).get("step").asDouble(), 1e-6);
    assertEquals("quantised 'q2'", layers.get(1).get("tensor").asText());
    assertTrue(layers.get(1).get("passed").asBoolean());
    assertFalse(json.get("passed_by_layer").asBoolean(), "it passes as a whole");
  }

  /** A step that moves in one value of a few hundred is judged by what comes of it. */
  @Test
  void aStepThatMovesGoesNoFurther() throws IOException {
    convert();
    shift("q1", 8.0 / 255 / 200);
    Path report = folder.resolve("report.json");
    CommandRun run = verify(report);
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("judged layer by layer"), run.out());
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertTrue(json.get("passed_by_layer").asBoolean());
    JsonNode first = json.get("runtimes").get(2).get("quantised").get(0);
    assertEquals(1, first.get("steps_off").asDouble(), 1e-3);
    assertTrue(first.get("mean_steps_off").asDouble() < 0.02, first.toString());
  }

  @Test
  void aLayerThatIsWrongFails() throws IOException {
    convert();
    shift("tail", 0.01);
    CommandRun run = verify(folder.resolve("report.json"));
    assertEquals(1, run.code(), run.out() + run.err());
    assertTrue(run.err().contains("layer by layer, output 'y'"), run.err());
  }
}
