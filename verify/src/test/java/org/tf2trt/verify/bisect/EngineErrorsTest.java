// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;

/** Two long branches that meet, compiled with one negation left out. */
class EngineErrorsTest {
  private static final int LENGTH = 150;
  private static final TensorType TYPE = TensorType.of(DType.F32, 2);
  private static final Map<String, TensorData> FEEDS =
      Map.of("x", TensorData.ofFloats(new long[] {2}, 1, 2));

  @TempDir private Path folder;
  private int builds;

  private static Value append(Graph graph, String op, String name, Value... inputs) {
    return graph
        .append(
            NodeSpec.of(
                "onnx." + op,
                List.of(inputs),
                new TreeMap<>(),
                List.of(TYPE),
                new Provenance.Tf("", name)))
        .result();
  }

  /** left0, right0, left1, right1, ... and their sum: 2x or -2x. */
  private Path model() {
    Graph graph = new Graph("branches");
    Value x = graph.addParam("x", TYPE);
    Value left = x;
    Value right = x;
    for (int i = 0; i < LENGTH; i++) {
      left = append(graph, "Neg", "left" + i, left);
      right = append(graph, "Neg", "right" + i, right);
    }
    graph.addOutput("y", append(graph, "Add", "sum", left, right));
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(graph, EmitOptions.DEFAULT, file);
    return file;
  }

  /** The original: every tensor of the model, as ONNX Runtime computes it. */
  private record Original(Path onnx, Path folder) implements InnerTensors {
    @Override
    public Graph imported() {
      return OnnxReader.read(onnx).graph();
    }

    @Override
    public List<String> known(List<String> tensors) {
      return tensors;
    }

    @Override
    public Map<String, TensorData> fetch(Map<String, TensorData> feeds, List<String> tensors) {
      Graph graph = OnnxReader.read(onnx).graph();
      List<String> names = new ArrayList<>();
      for (Node node : graph.nodes()) {
        String tensor = node.provenance().name() + ":0";
        if (tensors.contains(tensor)) {
          names.add(tensor);
          graph.addOutput("seen_" + names.size(), node.result());
        }
      }
      Path file = folder.resolve("seen.onnx");
      OnnxWriter.write(graph, EmitOptions.DEFAULT, file);
      Map<String, TensorData> values = new LinkedHashMap<>();
      try (OrtRunner runner = OrtRunner.open(file)) {
        Map<String, TensorData> outputs = runner.run(feeds);
        for (int i = 0; i < names.size(); i++) {
          values.put(names.get(i), outputs.get("seen_" + (i + 1)));
        }
      }
      return values;
    }
  }

  private ModelRunner compile(Path variant, String wrong) {
    builds++;
    Graph graph = OnnxReader.read(variant).graph();
    for (Node node : List.copyOf(graph.nodes())) {
      if (node.provenance().name().equals(wrong)) {
        node.result()
            .replaceAllUsesWith(
                graph
                    .insertBefore(
                        node,
                        NodeSpec.of(
                            "onnx.Identity",
                            node.inputs(),
                            new TreeMap<>(),
                            List.of(TYPE),
                            node.provenance()))
                    .result());
        node.erase();
      }
    }
    Path file = folder.resolve("compiled.onnx");
    OnnxWriter.write(graph, EmitOptions.DEFAULT, file);
    return OrtRunner.open(file);
  }

  private EngineErrors.Search search(String wrong) {
    Path onnx = model();
    return EngineErrors.search(
        onnx, new Original(onnx, folder), FEEDS, variant -> compile(variant, wrong), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"left0", "right0", "left71", "right71", "right149"})
  void namesTheNodeOfTheBranchThatIsWrong(String wrong) {
    EngineErrors.Search search = search(wrong);
    Bisection found = search.found().orElseThrow();
    assertEquals(wrong + ":0", found.culprit().probe().tensor());
    assertEquals(2, found.culprit().error());
    found.inputs().forEach(i -> assertEquals(0, i.error()));
    assertEquals(wrong.endsWith("0") ? 0 : 1, found.inputs().size(), found.toString());
    assertTrue(builds <= 10, builds + " engines");
    EngineLayer layer =
        search.layers().stream()
            .filter(l -> l.engine().equals(found.culprit()))
            .findFirst()
            .orElseThrow();
    assertEquals(0, layer.onnx());
    assertEquals(2, layer.apart());
  }

  @Test
  void nothingIsFoundWhereAllAgree() {
    EngineErrors.Search search = search("none");
    assertTrue(search.found().isEmpty());
    assertTrue(search.layers().size() > 10);
    assertEquals(2, builds, "one with outputs, one of the model as it is");
    assertTrue(search.agreesAsItIs());
  }
}
