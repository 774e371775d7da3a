// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tensorflow.proto.SaverDef;
import org.tf2trt.frontend.Endpoints;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.imports.FlatGraph;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.imports.PublicTensor;
import org.tf2trt.frontend.read.MetaGraph;
import org.tf2trt.frontend.read.ModelKind;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.bisect.InnerTensors;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

/**
 * The original model in TensorFlow on the CPU: loaded and restored by TensorFlow, oneDNN and graph
 * optimisers off.
 */
public final class TensorFlowRunner implements ModelRunner, InnerTensors {
  /** Names of the copy with all calls inlined begin with this. */
  private static final String INLINED = "tf2trt_inlined";

  /** So do those of nodes that restore variables. */
  private static final String REST = "tf2trt_restored";

  private final String subject;
  private final MetaGraph graph;
  private final Graph imported;
  private final Supplier<TensorFlowProcess> loading;
  private final boolean stateful;
  private TensorFlowProcess process;
  private boolean used;
  private final Map<String, TensorData> fixed = new LinkedHashMap<>();
  private final Map<String, String> inputTensors = new LinkedHashMap<>();
  private final Map<String, String> outputTensors = new LinkedHashMap<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final Map<String, String> inlined = new LinkedHashMap<>();
  private int copies;

  private TensorFlowRunner(
      TfModel model,
      MetaGraph graph,
      Endpoints endpoints,
      Imported imported,
      Supplier<TensorFlowProcess> loading) {
    this.subject = model.path().toString();
    this.graph = graph;
    this.imported = imported.graph();
    this.loading = loading;
    this.stateful = !imported.state().isEmpty();
    Map<String, String> declared = new LinkedHashMap<>();
    endpoints.inputs().forEach(t -> declared.put(t.name(), t.tensor()));
    imported.fixed().forEach((name, data) -> fixed.put(declared.getOrDefault(name, name), data));
    Set<String> state =
        imported.state().stream().flatMap(s -> s.input().stream()).collect(Collectors.toSet());
    imported.graph().params().stream()
        .filter(param -> !state.contains(param.name()))
        .forEach(
            param -> {
              inputTensors.put(param.name(), declared.getOrDefault(param.name(), param.name()));
              inputs.add(new Port(param.name(), param.type()));
            });
    for (int i = 0; i < endpoints.outputs().size(); i++) { // those of the state stand behind them
      PublicTensor output = endpoints.outputs().get(i);
      outputTensors.put(output.name(), output.tensor());
      outputs.add(new Port(output.name(), imported.graph().outputs().get(i).type()));
    }
    this.process = loading.get();
  }

  /**
   * Loads a model.
   *
   * @param imported what {@link org.tf2trt.frontend.TensorFlowFrontend#imported} makes of the same
   *     selection, for the types of inputs and outputs
   * @param notice hears what has to be fetched first
   * @throws DiagnosticException {@code REFERENCE_MISSING} without TensorFlow, {@code
   *     REFERENCE_FAILED} when it does not take the model
   */
  public static TensorFlowRunner open(
      TfModel model, Selection selection, Imported imported, Consumer<String> notice) {
    MetaGraph graph =
        selection.tags().isEmpty() ? model.metaGraph() : model.metaGraph(selection.tags());
    Endpoints endpoints = Endpoints.of(model, selection);
    return new TensorFlowRunner(
        model, graph, endpoints, imported, () -> loaded(model, graph, notice));
  }

  private static TensorFlowProcess loaded(TfModel model, MetaGraph graph, Consumer<String> notice) {
    TensorFlowProcess process = TensorFlowProcess.start(notice);
    try {
      load(model, graph, process);
      return process;
    } catch (DiagnosticException e) {
      process.close();
      throw e;
    }
  }

  private static void load(TfModel model, MetaGraph graph, TensorFlowProcess process) {
    if (model.kind() == ModelKind.SAVED_MODEL) {
      Path folder = model.path();
      folder = Files.isDirectory(folder) ? folder : folder.toAbsolutePath().getParent();
      process.loadSavedModel(folder.toAbsolutePath(), List.copyOf(graph.tags()));
      RestoreRest.of(graph)
          .ifPresent(
              rest -> {
                process.addGraph(REST, rest.toByteArray());
                process.target(Map.of(), REST + "/" + RestoreRest.TARGET);
              });
      return;
    }
    process.graph(graph.graph().toByteArray());
    if (graph.checkpoint().isPresent()) {
      SaverDef saver = graph.def().getSaverDef();
      String prefix = graph.checkpoint().get().toAbsolutePath().toString();
      Map<String, TensorData> file = new LinkedHashMap<>();
      file.put(saver.getFilenameTensorName(), TensorData.ofStrings(new long[0], List.of(prefix)));
      process.target(file, saver.getRestoreOpName());
      graph.initOp().ifPresent(op -> process.target(Map.of(), op));
    }
  }

  @Override
  public List<Port> inputs() {
    return List.copyOf(inputs);
  }

  @Override
  public List<Port> outputs() {
    return List.copyOf(outputs);
  }

  /** Loads the model again where calls have changed its variables. */
  @Override
  public void reset() {
    if (stateful && used) {
      process.close();
      process = loading.get();
      inlined.clear();
      used = false;
    }
  }

  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    used = true;
    return fetch(feeds, outputTensors);
  }

  @Override
  public Graph imported() {
    return imported;
  }

  @Override
  public List<String> known(List<String> tensors) {
    List<String> known = FlatGraph.known(graph.graph(), graph.functions(), tensors);
    locate(known);
    return known;
  }

  /**
   * Computes tensors of the original graph, also inside called functions. Those that TensorFlow
   * does not give, such as lists and those of a branch that was not taken, are left out.
   */
  @Override
  public Map<String, TensorData> fetch(Map<String, TensorData> feeds, List<String> tensors) {
    try {
      Map<String, String> wanted = new LinkedHashMap<>();
      tensors.forEach(t -> wanted.put(t, t));
      return fetch(feeds, wanted);
    } catch (DiagnosticException e) {
      int half = tensors.size() / 2;
      if (e.diagnostics().get(0).code() != Code.REFERENCE_FAILED || half == 0) {
        return Map.of();
      }
      Map<String, TensorData> values = new LinkedHashMap<>(fetch(feeds, tensors.subList(0, half)));
      values.putAll(fetch(feeds, tensors.subList(half, tensors.size())));
      return values;
    }
  }

  private Map<String, TensorData> fetch(
      Map<String, TensorData> feeds, Map<String, String> tensors) {
    List<String> wanted = new ArrayList<>(tensors.values());
    wanted.addAll(inputTensors.values());
    wanted.addAll(fixed.keySet());
    boolean main = FlatGraph.holds(graph.graph(), wanted);
    if (!main) {
      locate(wanted);
    }
    Map<String, String> names = main ? Map.of() : inlined;
    Map<String, TensorData> values = new LinkedHashMap<>();
    for (Port input : inputs) {
      String tensor = inputTensors.get(input.name());
      values.put(names.getOrDefault(tensor, tensor), fitting(input, feeds.get(input.name())));
    }
    fixed.forEach((tensor, data) -> values.put(names.getOrDefault(tensor, tensor), data));
    List<String> fetches = tensors.values().stream().map(t -> names.getOrDefault(t, t)).toList();
    List<TensorData> results = process.run(values, fetches);
    Map<String, TensorData> byName = new LinkedHashMap<>();
    int i = 0;
    for (String name : tensors.keySet()) {
      byName.put(name, results.get(i++));
    }
    return byName;
  }

  /** Adds a copy of the graph that has all these tensors, unless there is one. */
  private void locate(List<String> tensors) {
    if (inlined.keySet().containsAll(tensors)) {
      return;
    }
    Set<String> all = new LinkedHashSet<>(inlined.keySet());
    all.addAll(tensors);
    all.addAll(inputTensors.values());
    all.addAll(fixed.keySet());
    String prefix = INLINED + copies++;
    FlatGraph flat = FlatGraph.of(graph.graph(), graph.functions(), all);
    process.addGraph(prefix, flat.graph().toByteArray());
    flat.names().forEach((tensor, name) -> inlined.put(tensor, prefix + "/" + name));
  }

  private TensorData fitting(Port port, TensorData data) {
    if (data == null || data.dtype() != port.type().dtype()) {
      throw DiagnosticException.of(
          Code.BAD_DATA,
          subject,
          data == null
              ? "no data for input " + port
              : "input " + port + " cannot take " + data.type(),
          "feed what the model declares");
    }
    return data;
  }

  @Override
  public void close() {
    process.close();
  }
}
