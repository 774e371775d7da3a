// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.check.OnnxChecker;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.infer.PinShapes;
import org.tf2trt.passes.trt.TensorRtPasses;

/** Looks into an ONNX file: its header, interface, ops, weights, and what the checker says. */
final class OnnxInspection {
  private OnnxInspection() {}

  static Inspection of(Path path, Inquiry inquiry) {
    OnnxModel model = OnnxReader.read(path);
    Graph graph = model.graph();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("opset", String.valueOf(model.opset()));
    facts.put("IR version", String.valueOf(model.irVersion()));
    facts.put("producer", (model.producer() + " " + model.producerVersion()).strip());
    facts.putAll(model.metadata());
    facts.put("weights", weights(graph));
    GraphStats stats = GraphStats.of(graph);
    facts.put("transposes inside", String.valueOf(stats.transposesInside()));
    List<Diagnostic> problems =
        OnnxChecker.check(path).stream().filter(d -> d.severity() == Severity.ERROR).toList();
    List<NamedType> inputs = NamedType.inputs(graph);
    List<NamedType> outputs = NamedType.outputs(graph);
    EngineForm engine = null;
    if (inquiry.target().isTensorRt() && problems.isEmpty()) {
      PinShapes.pin(graph, inquiry.shapes());
      List<Pass> passes = new ArrayList<>(Pipelines.cleanup());
      passes.addAll(TensorRtPasses.of(inquiry.target()));
      engine = EngineForm.of(graph, passes, model.opset());
    }
    Entry entry = new Entry("", inputs, outputs, stats, problems, engine);
    String hash = model.metadata().getOrDefault("source_sha256", "");
    return new Inspection(
        path, "ONNX", DiskSize.of(path), hash, facts, List.of(entry), inquiry.target());
  }

  private static String weights(Graph graph) {
    Set<TensorData> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(graph, seen);
    long bytes =
        seen.stream().filter(d -> d.dtype().bytes() > 0).mapToLong(d -> d.byteSize()).sum();
    return "%d constants, %s".formatted(seen.size(), InspectionText.size(bytes));
  }

  private static void collect(Graph graph, Set<TensorData> into) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      n.inputs().stream().filter(Value::isPresent).forEach(v -> v.constant().ifPresent(into::add));
      n.bodies().forEach(b -> collect(b, into));
    }
    graph.outputs().forEach(v -> v.constant().ifPresent(into::add));
  }
}
