// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.imports.Frames.Frame;
import org.tf2trt.frontend.imports.Frames.Variable;
import org.tf2trt.frontend.imports.Switches.Ask;
import org.tf2trt.frontend.imports.Switches.Decision;
import org.tf2trt.frontend.imports.Switches.Take;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** Raises the control flow of TensorFlow 1 to {@code tf.While}, {@code tf.If}, {@code tf.Case}. */
final class LegacyFlow {
  private final Frames frames;
  private final Switches switches;
  private final Edges edges;
  private final FlowImporter.Bodies bodies;
  private final Map<TensorRef, Decision> decisions = new LinkedHashMap<>();
  private final Map<TensorRef, List<TensorRef>> outside = new LinkedHashMap<>();

  LegacyFlow(Edges edges, FlowImporter.Bodies bodies) {
    this.edges = edges;
    this.bodies = bodies;
    this.frames = new Frames(edges);
    this.switches = new Switches(edges);
  }

  /** What has to be imported before the node; empty when it is not for this class. */
  Optional<List<TensorRef>> needs(Scope scope, NodeDef node) {
    if (Frames.isExit(node)) {
      return Optional.of(frames.left(scope, node).outside());
    }
    if (Frames.isMerge(node) && !Frames.isLoopMerge(scope, node)) {
      TensorRef merge = new TensorRef(scope, node.getName(), 0);
      return Optional.of(
          outside.computeIfAbsent(merge, m -> switches.outside(decision(scope, node))));
    }
    if (Switches.isSwitch(node)) { // only the branches that read it ask for the predicate
      return Optional.of(edges.inputs(scope, node).subList(0, 1));
    }
    return Frames.isEnter(node) || Frames.isNext(node) || Frames.isLoopCondition(node)
        ? Optional.of(edges.inputs(scope, node))
        : Optional.empty();
  }

  private Decision decision(Scope scope, NodeDef merge) {
    return decisions.computeIfAbsent(
        new TensorRef(scope, merge.getName(), 0), m -> switches.decision(scope, merge));
  }

  /** The outputs of a node for which {@link #needs} was not empty. */
  List<Value> build(Scope scope, NodeDef node, List<TensorRef> inputs) {
    if (Frames.isExit(node)) {
      return exit(scope, node);
    }
    if (Frames.isMerge(node)) {
      Provenance provenance = new Provenance.Tf(scope.path(), node.getName());
      return decide(decision(scope, node), provenance);
    }
    Value passed = bodies.get(inputs.get(0));
    int outputs = Switches.isSwitch(node) ? Math.max(2, scope.outputsRead(node.getName())) : 1;
    return new ArrayList<>(java.util.Collections.nCopies(outputs, passed));
  }

  private List<Value> exit(Scope scope, NodeDef node) {
    Frame frame = frames.left(scope, node);
    List<Variable> changing = new ArrayList<>();
    Map<TensorRef, Value> constant = new LinkedHashMap<>();
    for (Variable v : frame.variables()) {
      if (frames.isConstant(v)) {
        constant.put(v.merge(), bodies.get(v.first()));
      } else {
        changing.add(v);
      }
    }
    List<Value> initial = changing.stream().map(v -> bodies.get(v.first())).toList();
    Graph condition = new Graph(frame.name() + "/cond");
    fill(condition, changing, initial, constant, List.of(frame.condition()));
    Graph body = new Graph(frame.name() + "/body");
    fill(body, changing, initial, constant, changing.stream().map(Variable::next).toList());
    List<TensorType> types = initial.stream().map(v -> TensorType.unranked(v.dtype())).toList();
    Provenance provenance = new Provenance.Tf(scope.path(), node.getName());
    List<Value> made =
        bodies.append(
            new NodeSpec(
                "tf.While", initial, Map.of(), types, List.of(condition, body), provenance));
    Map<TensorRef, Value> results = new LinkedHashMap<>(constant);
    for (int i = 0; i < changing.size(); i++) {
      results.put(changing.get(i).merge(), made.get(i));
    }
    for (Variable v : frame.variables()) {
      for (String exit : v.exits()) {
        scope.imported.put(exit, List.of(results.get(v.merge())));
      }
    }
    return scope.imported.get(node.getName());
  }

  private void fill(
      Graph body,
      List<Variable> changing,
      List<Value> initial,
      Map<TensorRef, Value> constant,
      List<TensorRef> outputs) {
    Map<TensorRef, Value> bound = new LinkedHashMap<>(constant);
    for (int i = 0; i < changing.size(); i++) {
      TensorRef merge = changing.get(i).merge();
      TensorType type = TensorType.unranked(initial.get(i).dtype());
      bound.put(merge, body.addParam(merge.node(), type));
    }
    bodies.fill(body, bound, outputs);
  }

  /** The tensor that arrives, and the index of the input of the Merge that it arrives at. */
  private List<Value> decide(Decision decision, Provenance provenance) {
    if (decision instanceof Take take) {
      Value index = new Value.Constant(TensorData.scalar(DType.I32, take.index()), provenance);
      return List.of(bodies.imported(take.value()), index);
    }
    Ask ask = (Ask) decision;
    Value predicate = bodies.imported(ask.predicate());
    List<Graph> branches = new ArrayList<>();
    int last = ask.answers().keySet().stream().mapToInt(k -> k).max().orElse(0);
    for (int k = 0; k <= last; k++) {
      // An output that leads nowhere is never taken.
      Decision answer = ask.answers().getOrDefault(k, ask.answers().get(last));
      Graph branch = new Graph(provenance.name() + "/" + k);
      bodies.fill(branch, () -> decide(answer, provenance));
      branches.add(branch);
    }
    List<TensorType> types =
        branches.get(0).outputs().stream().map(v -> TensorType.unranked(v.dtype())).toList();
    if (!ask.indexed()) {
      java.util.Collections.reverse(branches);
    }
    return bodies.append(
        new NodeSpec(
            ask.indexed() ? "tf.Case" : "tf.If",
            List.of(predicate),
            Map.of(),
            types,
            branches,
            provenance));
  }
}
