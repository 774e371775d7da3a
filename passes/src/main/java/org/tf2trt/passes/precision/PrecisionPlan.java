// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;

/**
 * What is known about the nodes of a float32 graph before any becomes low: which have a low form,
 * and which of these have to stay float32 and why. Nodes in the bodies of control flow stay as they
 * are.
 */
public final class PrecisionPlan {
  private final Graph graph;
  private final PrecisionOptions options;
  private final Map<Node, LowForm> forms;
  private final Map<Node, String> kept;

  private PrecisionPlan(
      Graph graph, PrecisionOptions options, Map<Node, LowForm> forms, Map<Node, String> kept) {
    this.graph = graph;
    this.options = options;
    this.forms = forms;
    this.kept = kept;
  }

  /**
   * Looks at every node of the graph, which must not change while the plan is used.
   *
   * @param ranges of its values; unknown ones object to nothing
   */
  public static PrecisionPlan of(Graph graph, PrecisionOptions options, Ranges ranges) {
    Precision low = options.precision();
    Map<Node, LowForm> forms = new LinkedHashMap<>();
    Map<Node, String> kept = new LinkedHashMap<>();
    Set<Node> exact = ExactValues.of(graph);
    Numerics numerics = new Numerics(low, ranges);
    for (Node node : graph.nodes()) {
      LowForm form = low.isLow() ? LowForm.of(node, low).orElse(null) : null;
      if (form == null) {
        continue;
      }
      forms.put(node, form);
      if (options.excludes(node)) {
        kept.put(node, "excluded");
      } else if (exact.contains(node)) {
        kept.put(node, "its values become integers");
      } else {
        numerics.objection(node, form).ifPresent(reason -> kept.put(node, reason));
      }
    }
    return new PrecisionPlan(graph, options, forms, kept);
  }

  /** Nodes that could be low but have to stay float32, with the reason. */
  public Map<Node, String> kept() {
    return Collections.unmodifiableMap(kept);
  }

  /** Nodes that may be low, in the order of the graph. */
  public Set<Node> candidates() {
    Set<Node> free = new LinkedHashSet<>(forms.keySet());
    free.removeAll(kept.keySet());
    return Collections.unmodifiableSet(free);
  }

  /**
   * The nodes to make low, so that the fewest bytes are moved.
   *
   * @param islands nodes that stay float32 beside those that have to
   */
  public Set<Node> solve(Set<Node> islands) {
    Set<Node> wide = new LinkedHashSet<>(kept.keySet());
    wide.addAll(islands);
    return PrecisionCut.solve(graph, forms, wide, options.io());
  }

  public Precision precision() {
    return options.precision();
  }

  /** The graph that this is about. */
  public Graph graph() {
    return graph;
  }

  Map<Node, LowForm> forms() {
    return forms;
  }

  IoTypes io() {
    return options.io();
  }
}
