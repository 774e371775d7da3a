// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.restore.VariableOps;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** Makes inputs and outputs of the model from the variables that it changes. */
final class StatePorts {
  private static final String NEXT = "_next";

  private final Graph graph;
  private final List<String> outputs;
  private final VariableStates states;
  private final Variables values;
  private final InputSymbols symbols;
  private final Map<String, Value.Param> inputs = new LinkedHashMap<>();
  private final Map<String, TensorData> initial = new LinkedHashMap<>();
  private final List<StateVariable> ports = new ArrayList<>();

  /**
   * @param outputs names of outputs that the graph is to have
   */
  StatePorts(
      Graph graph,
      List<String> outputs,
      VariableStates states,
      Variables values,
      InputSymbols symbols) {
    this.graph = graph;
    this.outputs = outputs;
    this.states = states;
    this.values = values;
    this.symbols = symbols;
  }

  VariableStates variables() {
    return states;
  }

  /** The input that takes the value before the call; made when it is first asked for. */
  Value input(NodeDef variable) {
    String identity = VariableOps.identity(variable);
    Value known = inputs.get(identity);
    if (known != null) {
      return known;
    }
    TensorData saved = values.value(variable);
    String name = free(VariableOps.sharedName(variable), "_state");
    TensorType type = new TensorType(saved.dtype(), shape(variable, saved));
    Value.Param param = graph.addParam(name, type.withShape(symbols.name(name, type.shape())));
    inputs.put(identity, param);
    initial.put(identity, saved);
    return param;
  }

  /** The variable's declared shape, where it says more than any rank: a state may grow. */
  private static Shape shape(NodeDef variable, TensorData saved) {
    Attr declared = NodeTypes.attrs(variable, Map.of()).get("shape");
    return declared instanceof Attr.ShapeOf s && s.value().isRanked()
        ? s.value()
        : saved.type().shape();
  }

  /** Adds the output for the value that a call leaves. */
  void addOutput(String identity, Function<TensorRef, Value> imported) {
    Value last = imported.apply(states.last(identity).result());
    String variable = VariableOps.sharedName(states.variables().get(identity));
    Optional<Value.Param> input = Optional.ofNullable(inputs.get(identity));
    String base = input.map(Value.Param::name).orElse(variable);
    String output = free(base + NEXT, "");
    graph.addOutput(output, last);
    ports.add(
        new StateVariable(
            variable,
            input.map(Value.Param::name),
            output,
            Optional.ofNullable(initial.get(identity))));
  }

  /** ONNX has one name space for inputs and outputs. */
  private String free(String wanted, String orWith) {
    Set<String> taken = new HashSet<>(outputs);
    graph.params().forEach(p -> taken.add(p.name()));
    taken.addAll(graph.outputNames());
    String base = taken.contains(wanted) ? wanted + orWith : wanted;
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  List<StateVariable> ports() {
    return ports;
  }
}
