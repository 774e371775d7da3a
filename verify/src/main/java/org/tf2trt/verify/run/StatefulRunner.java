// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;

/**
 * Runs a model whose state is inputs and outputs as TensorFlow runs the one it was made of: hands
 * what a call leaves to the next one, and shows neither.
 */
public final class StatefulRunner implements ModelRunner {
  private final ModelRunner model;
  private final List<StateVariable> state;
  private final boolean showing;
  private final Map<String, TensorData> current = new LinkedHashMap<>();

  private StatefulRunner(ModelRunner model, List<StateVariable> state, boolean showing) {
    this.model = model;
    this.state = state;
    this.showing = showing;
    reset();
  }

  /** The model itself when it has no state. */
  public static ModelRunner of(ModelRunner model, List<StateVariable> state) {
    return state.isEmpty() ? model : new StatefulRunner(model, List.copyOf(state), false);
  }

  /** The same, with what a call leaves among its outputs. */
  public static ModelRunner showing(ModelRunner model, List<StateVariable> state) {
    return state.isEmpty() ? model : new StatefulRunner(model, List.copyOf(state), true);
  }

  @Override
  public List<Port> inputs() {
    Set<String> hidden =
        state.stream().flatMap(s -> s.input().stream()).collect(Collectors.toSet());
    return without(model.inputs(), hidden);
  }

  @Override
  public List<Port> outputs() {
    if (showing) {
      return model.outputs();
    }
    return without(
        model.outputs(), state.stream().map(StateVariable::output).collect(Collectors.toSet()));
  }

  private static List<Port> without(List<Port> ports, Set<String> hidden) {
    List<Port> shown = new ArrayList<>(ports);
    shown.removeIf(p -> hidden.contains(p.name()));
    return shown;
  }

  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    Map<String, TensorData> all = new LinkedHashMap<>(feeds);
    all.putAll(current);
    Map<String, TensorData> outputs = new LinkedHashMap<>(model.run(all));
    for (StateVariable s : state) {
      TensorData left = showing ? outputs.get(s.output()) : outputs.remove(s.output());
      s.input().ifPresent(input -> current.put(input, left));
    }
    return outputs;
  }

  @Override
  public void reset() {
    current.clear();
    for (StateVariable s : state) {
      s.input().ifPresent(input -> current.put(input, s.initial().orElseThrow()));
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
