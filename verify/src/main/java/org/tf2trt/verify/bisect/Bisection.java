// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;

/**
 * Where the outputs go wrong.
 *
 * @param culprit the first tensor that differs while all that it is computed from agree
 * @param inputs the tensors it is computed from
 */
public record Bisection(Layer culprit, List<Layer> inputs) {
  public Bisection {
    inputs = List.copyOf(inputs);
  }

  /**
   * Finds the first tensor that differs though its sources agree, and from which differences lead
   * on to an output. A tensor that differs and behind which all agree again is no fault: fusion
   * moves scales from one node to the next. Empty when no tensor that matches differs.
   */
  public static Optional<Bisection> of(LayerErrors.Profile profile) {
    Map<Value, Layer> layers = new HashMap<>();
    profile.layers().forEach(l -> layers.put(l.probe().value(), l));
    Map<Value, List<Layer>> sources = new HashMap<>();
    for (Layer layer : profile.layers()) {
      List<Layer> found = new ArrayList<>();
      for (Value v : Probe.sources(layer.probe().value(), layers.keySet())) {
        if (layers.containsKey(v)) {
          found.add(layers.get(v));
        }
      }
      sources.put(layer.probe().value(), found);
    }
    Set<Value> leading = leading(profile, layers, sources);
    Layer other = null;
    for (Layer layer : profile.layers()) {
      List<Layer> from = sources.get(layer.probe().value());
      if (layer.fails() && from.stream().noneMatch(Layer::fails)) {
        if (leading.contains(layer.probe().value())) {
          return Optional.of(new Bisection(layer, from));
        }
        other = other == null ? layer : other;
      }
    }
    return Optional.ofNullable(other).map(o -> new Bisection(o, sources.get(o.probe().value())));
  }

  /** Tensors that differ, and from which tensors that differ lead to an output. */
  private static Set<Value> leading(
      LayerErrors.Profile profile, Map<Value, Layer> layers, Map<Value, List<Layer>> sources) {
    Set<Value> leading = new HashSet<>();
    Graph graph = profile.graph();
    int own = graph.outputs().size();
    for (int i = 0; i < own; i++) {
      Value output = graph.outputs().get(i);
      if (graph.outputNames().get(i).startsWith(LayerErrors.PREFIX)) {
        continue;
      }
      List<Value> nearest =
          layers.containsKey(output) ? List.of(output) : Probe.sources(output, layers.keySet());
      for (Value v : nearest) {
        if (layers.containsKey(v) && layers.get(v).fails()) {
          leading.add(v);
        }
      }
    }
    for (int i = profile.layers().size() - 1; i >= 0; i--) { // readers come behind
      Layer layer = profile.layers().get(i);
      if (leading.contains(layer.probe().value())) {
        for (Layer source : sources.get(layer.probe().value())) {
          if (source.fails()) {
            leading.add(source.probe().value());
          }
        }
      }
    }
    return leading;
  }
}
