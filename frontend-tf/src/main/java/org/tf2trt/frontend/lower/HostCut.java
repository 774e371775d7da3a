// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * Where a graph with host ops is cut so that the rest can be converted: behind those that come
 * first, before those that come last. Found while the graph is in TensorFlow's ops, whose names are
 * those that the options take.
 */
final class HostCut {
  private final Set<Node> host = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private boolean behind;
  private boolean before;

  private HostCut() {}

  /** {@code --inputs} and {@code --outputs}; empty where no ops of a device would be left. */
  static Optional<String> of(Graph graph) {
    HostCut cut = new HostCut();
    graph.nodes().stream().filter(HostCut::isHost).forEach(cut.host::add);
    return cut.host.isEmpty() ? Optional.empty() : cut.options(graph);
  }

  /** Strings are the host's, whatever the op is, and so are tables that the graph does not fill. */
  static boolean isHost(Node node) {
    if (!node.op().startsWith("tf.")) {
      return false;
    }
    boolean known =
        node.op().startsWith("tf.Lookup") && node.inputs().stream().noneMatch(HostCut::isHandle);
    return HostOps.isHostOnly(node.op().substring("tf.".length())) && !known || hasStrings(node);
  }

  private static boolean isHandle(Value v) {
    return v.isPresent() && v.dtype() == DType.RESOURCE;
  }

  static boolean hasStrings(Node node) {
    return node.inputs().stream().anyMatch(HostCut::isString)
        || node.results().stream().anyMatch(HostCut::isString)
        || node.bodies().stream().flatMap(b -> b.nodes().stream()).anyMatch(HostCut::isHost);
  }

  private static boolean isString(Value v) {
    return v.isPresent() && v.dtype() == DType.STRING;
  }

  private Optional<String> options(Graph graph) {
    Deque<Value> work = new ArrayDeque<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      if (isHost(output)) {
        before = true;
        beforeHost(output, work);
      } else {
        outputs.add(graph.outputNames().get(i));
        work.add(output);
      }
    }
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean computes = false;
    while (!work.isEmpty()) {
      Value v = work.poll();
      if (!v.isPresent() || !seen.add(v)) {
        continue;
      }
      if (v instanceof Value.Param p) {
        inputs.add(p.name());
      } else if (isHost(v)) {
        behind = true;
        inputs.add(name(v));
      } else if (v.producer().isPresent()) {
        computes = true;
        Node node = v.producer().get();
        work.addAll(node.inputs());
        node.bodies().forEach(b -> captured(b, work));
      }
    }
    return computes && (behind || before) ? Optional.of(text()) : Optional.empty();
  }

  /** Outputs of the host are not needed, but what a device computes for them may be. */
  private void beforeHost(Value output, Deque<Value> work) {
    Deque<Value> host = new ArrayDeque<>(List.of(output));
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!host.isEmpty()) {
      Value v = host.poll();
      if (!v.isPresent() || !seen.add(v) || v.producer().isEmpty()) {
        continue;
      }
      if (isHost(v)) {
        host.addAll(v.producer().get().inputs());
      } else {
        outputs.add(name(v));
        work.add(v);
      }
    }
  }

  private static void captured(Graph body, Deque<Value> work) {
    for (Node node : body.nodes()) {
      node.inputs().stream()
          .filter(v -> v.producer().map(p -> p.graph() != body).orElse(true))
          .filter(v -> !(v instanceof Value.Param p && p.graph() == body))
          .forEach(work::add);
      node.bodies().forEach(b -> captured(b, work));
    }
  }

  private boolean isHost(Value v) {
    return v.producer().filter(host::contains).isPresent();
  }

  private static String name(Value v) {
    Node node = v.producer().orElseThrow();
    int index = node.results().indexOf(v);
    return node.provenance().name() + (index == 0 ? "" : ":" + index);
  }

  private String text() {
    List<String> options = new ArrayList<>();
    if (behind) {
      options.add("--inputs " + String.join(",", inputs));
    }
    if (before) {
      options.add("--outputs " + String.join(",", outputs));
    }
    return String.join(" ", options);
  }
}
