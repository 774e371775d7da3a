// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.convert.BatchNames;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.Extensions;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.convert.IoLayout;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.lower.LowerTensorFlow;
import org.tf2trt.frontend.read.Endpoint;
import org.tf2trt.frontend.read.MetaGraph;
import org.tf2trt.frontend.read.Signature;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.frontend.read.bundle.Checkpoint;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.infer.MergeBatches;
import org.tf2trt.passes.infer.PinShapes;

/** Looks into a TensorFlow model. Every signature is imported and lowered to see what fails. */
final class TfInspection {
  private TfInspection() {}

  static Inspection of(Path path, Inquiry inquiry) {
    TfModel model = TfModel.open(path);
    Map<String, String> facts = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (MetaGraph graph : model.metaGraphs()) {
      facts(model, graph, facts);
      List<String> tags = List.copyOf(graph.tags());
      if (graph.signatureNames().isEmpty()) {
        entries.add(entry(model, tags, Optional.empty(), inquiry));
      }
      graph.signatures().forEach(s -> entries.add(entry(model, tags, Optional.of(s), inquiry)));
    }
    return new Inspection(
        path,
        model.kind().title(),
        DiskSize.of(path),
        model.sha256(),
        facts,
        entries,
        inquiry.target());
  }

  private static void facts(TfModel model, MetaGraph graph, Map<String, String> facts) {
    String prefix = model.metaGraphs().size() > 1 ? graph.tags() + " " : "";
    if (!graph.tags().isEmpty()) {
      facts.put(prefix + "tags", String.join(", ", graph.tags()));
    }
    if (!graph.tensorflowVersion().isEmpty()) {
      facts.put(prefix + "TensorFlow", graph.tensorflowVersion());
    }
    facts.put(
        prefix + "graph",
        "%d nodes, %d functions".formatted(graph.graph().getNodeCount(), graph.functions().size()));
    graph
        .checkpoint()
        .flatMap(Checkpoint::open)
        .ifPresent(c -> facts.put(prefix + "variables", variables(c)));
  }

  private static String variables(Checkpoint checkpoint) {
    int count = 0;
    long bytes = 0;
    for (String name : checkpoint.names()) {
      Optional<TensorType> type = checkpoint.type(name);
      if (type.isPresent() && type.get().dtype().bytes() > 0) {
        Dim elements = type.get().shape().elements();
        count++;
        bytes += elements.isKnown() ? elements.size() * type.get().dtype().bytes() : 0;
      }
    }
    return "%d stored, %s".formatted(count, InspectionText.size(bytes));
  }

  private static Entry entry(
      TfModel model, List<String> tags, Optional<Signature> signature, Inquiry inquiry) {
    String name = signature.map(Signature::name).orElse("");
    List<NamedType> inputs = signature.map(s -> types(s.inputs())).orElse(List.of());
    List<NamedType> outputs = signature.map(s -> types(s.outputs())).orElse(List.of());
    GraphStats stats = null;
    try {
      Selection part =
          new Selection(signature.map(Signature::name), tags, List.of(), List.of())
              .with(inquiry.values());
      Graph graph = TensorFlowFrontend.load(model, part);
      MergeBatches.apply(graph, BatchNames.of(model, part, inquiry.extensions()));
      stats = GraphStats.of(graph);
      if (signature.isEmpty()) {
        inputs = NamedType.inputs(graph);
        outputs = NamedType.outputs(graph);
      }
      return new Entry(name, inputs, outputs, stats, List.of(), become(graph, inquiry));
    } catch (DiagnosticException e) {
      return new Entry(name, inputs, outputs, stats, e.diagnostics());
    }
  }

  /** What TensorRT would get; else null, when the graph can be lowered at all. */
  private static EngineForm become(Graph graph, Inquiry inquiry) {
    if (!inquiry.target().isTensorRt()) {
      lower(graph, inquiry.extensions());
      return null;
    }
    PinShapes.pin(graph, inquiry.shapes());
    List<Pass> passes =
        Converter.pipeline(
            IoLayout.KEEP, inquiry.target(), inquiry.extensions(), inquiry.lowering());
    return EngineForm.of(graph, passes, EmitOptions.DEFAULT.opset());
  }

  private static void lower(Graph graph, Extensions extensions) {
    Diagnostics found = new Diagnostics();
    new LowerTensorFlow(extensions.lowerings())
        .run(graph, new PassContext(EmitOptions.DEFAULT.opset(), found));
    found.throwIfErrors();
  }

  private static List<NamedType> types(List<Endpoint> endpoints) {
    return endpoints.stream().map(e -> new NamedType(e.key(), e.type())).toList();
  }
}
