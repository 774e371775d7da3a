// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.proto.TensorProtos;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.schema.Schemas;

/** Builds the IR in stage TF from the outputs backwards. */
public final class GraphImporter {
  /** A graph whose functions call others twice, level upon level, has 2^levels nodes. */
  private static final int MAX_NODES = 1_000_000;

  private final ImportRequest request;
  private final Diagnostics warnings;
  private final Graph graph;
  private final Scope main;
  private final Edges edges;
  private final TensorNames names;
  private final Variables variables;
  private final Map<TensorRef, Value> params = new LinkedHashMap<>();
  private final Set<Pending> open = new LinkedHashSet<>();
  private final FlowImporter flow;
  private final LegacyFlow legacy;
  private final TensorArrays arrays;
  private final StatePorts state;
  private final Tables tables;

  /** The graph that nodes go to, behind those around it. */
  private final Deque<Graph> graphs = new ArrayDeque<>();

  private int bodies;
  private int nodes;
  private final InputSymbols symbols;
  private final boolean scalarMeansUnknown;

  private GraphImporter(ImportRequest request, Diagnostics warnings) {
    this.request = request;
    this.warnings = warnings;
    this.graph = new Graph(request.name());
    this.main = Scope.main(request.graph().getNodeList());
    this.edges = new Edges(new Functions(request.functions(), new CustomOps(request.customOps())));
    this.names = new TensorNames(main, edges);
    this.tables = new Tables(edges, main);
    this.variables = new Variables(request.variables(), edges, warnings, request.state().command());
    int version = request.graph().getVersions().getProducer();
    this.scalarMeansUnknown = version < Placeholders.UNKNOWN_RANK_SINCE;
    this.symbols = new InputSymbols();
    List<String> outputs = request.outputs().stream().map(PublicTensor::name).toList();
    this.state = new StatePorts(graph, outputs, new VariableStates(edges), variables, symbols);
    Filling filling = new Filling();
    this.flow = new FlowImporter(edges, filling);
    this.legacy = new LegacyFlow(edges, filling);
    this.arrays = new TensorArrays(filling);
    graphs.push(graph);
  }

  /** The import of bodies, which reads what was imported around them. */
  private final class Filling implements FlowImporter.Bodies {
    @Override
    public List<Value> append(NodeSpec spec) {
      return new ArrayList<>(graphs.getFirst().append(spec).results());
    }

    @Override
    public Value get(TensorRef ref) {
      return GraphImporter.this.get(ref);
    }

    @Override
    public Value imported(TensorRef ref) {
      return value(ref);
    }

    @Override
    public void fill(Graph body, Map<TensorRef, Value> bound, List<TensorRef> outputs) {
      params.putAll(bound);
      fill(body, () -> outputs.stream().map(GraphImporter.this::value).toList());
      params.keySet().removeAll(bound.keySet());
    }

    @Override
    public void fill(Graph body, Supplier<List<Value>> outputs) {
      bodies++;
      graphs.push(body);
      for (Value output : outputs.get()) {
        body.addOutput("output_" + body.outputs().size(), output);
      }
      graphs.pop();
    }
  }

  /**
   * The graph in stage TF: calls inlined, constants and variables as constants, nothing that the
   * outputs do not need.
   *
   * @param warnings gets what the user has to know
   */
  public static Imported run(ImportRequest request, Diagnostics warnings) {
    return new GraphImporter(request, warnings).run();
  }

  private static void refuseSecond(String name, boolean second) {
    if (second) {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME, "'" + name + "'", "this tensor is named twice", "name it once");
    }
  }

  /** TensorFlow feeds the keys of a signature in order, so that the last one stays. */
  private static Diagnostic twoKeys(String unused, String used) {
    return Diagnostic.warning(
        Code.UNKNOWN_NAME,
        "'" + unused + "'",
        "the signature has another input for the same tensor, '"
            + used
            + "', which TensorFlow takes; this one changes nothing",
        "feed '" + used + "'");
  }

  private Imported run() {
    Set<String> publicNames = new HashSet<>();
    for (PublicTensor input : request.inputs()) {
      TensorRef at = names.find(input.tensor());
      boolean first = publicNames.add(input.name());
      Value earlier = params.get(at);
      refuseSecond(input.name(), !first || earlier != null && input.type().isEmpty());
      if (earlier instanceof Value.Param p) {
        warnings.add(twoKeys(p.name(), input.name()));
      }
      params.put(at, addParam(at, input));
    }
    if (request.state().mode() == StateMode.IO) {
      findState();
    }
    publicNames.clear();
    for (PublicTensor output : request.outputs()) {
      TensorRef at = state.variables().fetched(names.find(output.tensor()));
      refuseSecond(output.name(), !publicNames.add(output.name()));
      graph.addOutput(output.name(), value(at));
    }
    state.variables().variables().keySet().forEach(v -> state.addOutput(v, this::value));
    InputRanks.infer(graph, symbols);
    Set<String> stateInputs = new HashSet<>();
    state.ports().forEach(s -> s.input().ifPresent(stateInputs::add));
    return new Imported(
        graph, state.ports(), FixedInputs.fix(graph, request.values(), stateInputs));
  }

  /** Variables that change from call to call, as far as the outputs and what they call ask. */
  private void findState() {
    Set<String> from = new LinkedHashSet<>();
    for (PublicTensor output : request.outputs()) {
      Scope at = names.locate(output.tensor()).scope();
      String node = names.locate(output.tensor()).node();
      for (; !at.isMain(); at = at.caller()) {
        node = at.call().getName();
      }
      from.add(node);
    }
    Set<String> cut = new HashSet<>();
    params.keySet().stream().filter(p -> p.scope().isMain()).forEach(p -> cut.add(p.node()));
    state.variables().find(main, from, cut);
  }

  private Value.Param addParam(TensorRef at, PublicTensor input) {
    NodeDef node = at.scope().node(at.node(), at.node());
    TensorType declared = Placeholders.type(node, at, scalarMeansUnknown);
    TensorType type = input.type().map(t -> Placeholders.merge(t, declared)).orElse(declared);
    return graph.addParam(input.name(), type.withShape(symbols.name(input.name(), type.shape())));
  }

  /** A node of a scope that is to be imported. */
  private record Pending(Scope scope, String node, int atLeast) {}

  /** Imports what the tensor needs, depth first with a stack of our own: graphs are deep. */
  private Value value(TensorRef wanted) {
    if (done(wanted)) {
      return get(wanted);
    }
    Deque<Pending> stack = new ArrayDeque<>();
    stack.push(new Pending(wanted.scope(), wanted.node(), wanted.index() + 1));
    while (!stack.isEmpty()) {
      Pending at = stack.peek();
      if (isImported(at.scope(), at.node())) {
        stack.pop();
        continue;
      }
      NodeDef node = at.scope().node(at.node(), at.node());
      List<TensorRef> inputs = inputs(at.scope(), node);
      List<TensorRef> missing = inputs.stream().filter(r -> !done(r)).toList();
      if (missing.isEmpty()) {
        open.remove(at);
        stack.pop();
        at.scope().imported.put(at.node(), build(at, node, inputs));
      } else if (!open.add(at)) {
        throw Edges.malformed(at.scope(), at.node(), "the graph has a cycle through this node");
      } else {
        for (int i = missing.size() - 1; i >= 0; i--) { // the first input is built first
          TensorRef r = missing.get(i);
          stack.push(new Pending(r.scope(), r.node(), r.index() + 1));
        }
      }
    }
    return get(wanted);
  }

  private List<TensorRef> inputs(Scope scope, NodeDef node) {
    Optional<List<TensorRef>> needs = legacy.needs(scope, node);
    if (needs.isPresent()) {
      state.variables().refuseInLegacyFlow(scope, node, needs.get());
      return needs.get();
    }
    List<TensorRef> own = state.variables().seen(scope, node, edges.inputs(scope, node));
    return tables.contents(scope, node, own);
  }

  private boolean done(TensorRef ref) {
    return params.containsKey(ref) || isImported(ref.scope(), ref.node());
  }

  /** What was imported inside a body does not exist outside of it, so it is imported again. */
  private boolean isImported(Scope scope, String node) {
    List<Value> results = scope.imported.get(node);
    return results != null && (bodies == 0 || results.stream().allMatch(this::isVisible));
  }

  private boolean isVisible(Value v) {
    Graph home =
        v instanceof Value.Param p ? p.graph() : v.producer().map(Node::graph).orElse(graph);
    return graphs.contains(home);
  }

  private Value get(TensorRef ref) {
    Value param = params.get(ref);
    if (param != null) {
      return param;
    }
    List<Value> results = ref.scope().imported.get(ref.node());
    if (ref.index() >= results.size()) {
      throw Edges.malformed(
          ref.scope(), ref.node(), "has " + results.size() + " outputs, no output " + ref.index());
    }
    return results.get(ref.index());
  }

  private List<Value> build(Pending at, NodeDef node, List<TensorRef> inputs) {
    Provenance provenance = new Provenance.Tf(at.scope().path(), node.getName());
    if (node.getOp().equals("Const")) {
      return List.of(constant(node, at, provenance));
    }
    if (Variables.isVariable(node)) {
      return List.of(
          state.variables().isState(node)
              ? state.input(node)
              : new Value.Constant(variables.value(node), provenance));
    }
    if (Placeholders.isPlaceholder(node)) {
      return List.of(placeholder(at, node));
    }
    if (request.state().mode() == StateMode.FIXED) {
      variables.refuseReadAfterWrite(at.scope(), node, inputs);
    } else if (Writes.isWrite(node)) {
      List<Value> values = inputs.stream().map(this::get).toList();
      return List.of(WrittenValue.of(node, values, at.scope(), new Filling()));
    }
    if (legacy.needs(at.scope(), node).isPresent()) {
      return legacy.build(at.scope(), node, inputs);
    }
    if (FlowOps.isFlow(node)) {
      return flow.build(at.scope(), node, inputs);
    }
    List<Value> values = inputs.stream().map(this::get).toList();
    Map<String, Attr> attrs = NodeTypes.attrs(node, at.scope().callAttrs());
    List<String> missing = NodeTypes.missing(node, attrs);
    if (!missing.isEmpty()) {
      throw Edges.malformed(at.scope(), node.getName(), node.getOp() + " lacks " + missing);
    }
    NodeTypes.inputFault(node, attrs, values)
        .filter(fault -> !Tables.isKnown(node, values.size()))
        .ifPresent(
            fault -> {
              throw Edges.malformed(at.scope(), node.getName(), node.getOp() + " " + fault);
            });
    Optional<String> array = TensorArrays.kind(node.getOp());
    if (array.isPresent()) {
      return arrays.build(array.get(), values, attrs, provenance);
    }
    List<TensorType> results = NodeTypes.results(node, attrs, values, outputsRead(at, node));
    if (++nodes > MAX_NODES) {
      throw Edges.malformed(
          at.scope(), node.getName(), "the graph has over " + MAX_NODES + " nodes");
    }
    Node made =
        graphs
            .getFirst()
            .append(NodeSpec.of("tf." + node.getOp(), values, attrs, results, provenance));
    return new ArrayList<>(made.results());
  }

  /** An op that the registry lacks has as many outputs as it declares, or as anybody reads. */
  private int outputsRead(Pending at, NodeDef node) {
    return Schemas.tf(node.getOp()).isPresent()
        ? at.atLeast()
        : Math.max(
            edges.declaredOutputs(node),
            Math.max(at.atLeast(), at.scope().outputsRead(node.getName())));
  }

  private static Value constant(NodeDef node, Pending at, Provenance provenance) {
    if (!node.containsAttr("value")) {
      throw Edges.malformed(at.scope(), node.getName(), "Const lacks its value");
    }
    String subject = "'" + at.scope().qualify(node.getName()) + "' (Const)";
    return new Value.Constant(
        TensorProtos.toTensorData(node.getAttrOrThrow("value").getTensor(), subject), provenance);
  }

  /** A placeholder that is no chosen input: an input of its own when none was chosen. */
  private Value placeholder(Pending at, NodeDef node) {
    TensorRef ref = new TensorRef(at.scope(), at.node(), 0);
    if (!request.inputs().isEmpty()) {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME,
          "'" + at.scope().qualify(node.getName()) + "' (" + node.getOp() + ")",
          "the outputs need this placeholder, and it is not among the inputs",
          "add it to --inputs, or cut the graph behind it");
    }
    Value.Param param =
        addParam(
            ref,
            new PublicTensor(
                at.scope().qualify(node.getName()), node.getName(), java.util.Optional.empty()));
    params.put(ref, param);
    return param;
  }
}
