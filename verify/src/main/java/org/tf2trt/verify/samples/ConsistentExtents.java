// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/**
 * Open dims of inputs with which a network can run at all: a dense layer behind a flatten fixes the
 * size of the image, a filter without padding asks for a few steps of time. Where the {@linkplain
 * DefaultExtents sizes for made-up inputs} contradict what the nodes demand, others are searched,
 * the nearest first.
 */
public final class ConsistentExtents {
  private static final long LARGEST = 1024;

  private final List<ShapeConstraint> constraints;
  private final Map<String, Dim> extents = new LinkedHashMap<>();

  /** Symbols that get one extent together: the sides of an image, or a single one. */
  private final List<List<String>> groups = new ArrayList<>();

  private ConsistentExtents(Graph graph, Map<String, TensorType> inputs, Map<String, Long> given) {
    this.constraints = List.copyOf(ShapeConstraint.of(graph));
    List<List<String>> batches = new ArrayList<>();
    for (Value.Param param : graph.params()) {
      if (param.shape().isRanked()) {
        Shape known = inputs.getOrDefault(param.name(), param.type()).shape();
        add(param.shape(), known, given, batches);
      }
    }
    groups.addAll(batches); // the least likely to be fixed
  }

  /**
   * Extents of the symbols where the defaults do not fit; empty when they do, or when no others do
   * better.
   *
   * @param inputs what is known of the inputs beside what the graph says, of the same ranks
   * @param given extents that stay, by symbol
   */
  public static Map<String, Long> of(
      Graph graph, Map<String, TensorType> inputs, Map<String, Long> given) {
    return new ConsistentExtents(graph, inputs, given).search();
  }

  private void add(
      Shape declared, Shape known, Map<String, Long> given, List<List<String>> batches) {
    List<String> sides = new ArrayList<>();
    for (int i = 0; i < declared.rank(); i++) {
      Dim dim = declared.dim(i);
      if (!(dim instanceof DimExpr e && e.isSymbol()) || extents.containsKey(dim.toString())) {
        continue;
      }
      String symbol = dim.toString();
      if (given.containsKey(symbol) || known.dim(i).isKnown()) {
        extents.put(symbol, given.containsKey(symbol) ? Dim.of(given.get(symbol)) : known.dim(i));
        continue;
      }
      extents.put(symbol, Dim.of(DefaultExtents.of(declared, i)));
      if (DefaultExtents.isSide(declared, i)) {
        sides.add(symbol);
      } else {
        (i == 0 ? batches : groups).add(List.of(symbol));
      }
    }
    if (!sides.isEmpty()) {
      groups.add(sides);
    }
  }

  private Map<String, Long> search() {
    Map<String, Long> changed = new LinkedHashMap<>();
    long violated = violated();
    boolean better = true;
    while (better && violated > 0) {
      better = false;
      for (List<String> group : groups) {
        long before = violated;
        violated = improve(group, violated);
        if (violated < before) {
          better = true;
          group.forEach(s -> changed.put(s, extents.get(s).size()));
        }
      }
    }
    return changed;
  }

  /** Gives a group the extent that violates least; returns how many it does. */
  private long improve(List<String> group, long violated) {
    long start = extents.get(group.get(0)).size();
    Map<String, Dim> best = new LinkedHashMap<>(extents);
    long least = violated;
    for (long distance = 1; distance < LARGEST && least > 0; distance++) {
      for (long extent : new long[] {start + distance, start - distance}) {
        if (extent > 0) {
          group.forEach(s -> extents.put(s, Dim.of(extent)));
          long now = violated();
          if (now < least) {
            least = now;
            best = new LinkedHashMap<>(extents);
          }
        }
      }
    }
    extents.putAll(best);
    return least;
  }

  private long violated() {
    return constraints.stream().filter(c -> !c.holds(extents)).count();
  }
}
