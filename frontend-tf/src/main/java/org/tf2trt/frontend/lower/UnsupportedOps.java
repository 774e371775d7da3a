// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Diagnostics;

/** Collects nodes without a lowering and reports them grouped by op, with a next step. */
final class UnsupportedOps {
  private static final int NAMES_SHOWN = 5;

  private final Map<String, List<Node>> nodesByOp = new TreeMap<>();
  private final Optional<String> options;
  private final String command;

  /**
   * @param options that cut the graph where its host ops are; empty when nothing would be left
   * @param command they belong to
   */
  UnsupportedOps(Optional<String> options, String command) {
    this.options = options;
    this.command = command;
  }

  void add(Node node) {
    String op = node.op().substring("tf.".length());
    nodesByOp.computeIfAbsent(op, o -> new ArrayList<>()).add(node);
  }

  void report(Diagnostics into) {
    nodesByOp.forEach((op, nodes) -> into.add(diagnostic(op, nodes)));
  }

  private Diagnostic diagnostic(String op, List<Node> nodes) {
    String names = "'" + String.join("', '", names(nodes)) + "'";
    int left = nodes.size() - NAMES_SHOWN;
    String more = left > 0 ? " and " + left + " more" : "";
    boolean one = nodes.size() == 1;
    String times = one ? "1 node of this op " : nodes.size() + " nodes of this op ";
    if (HostOps.isHostOnly(op) || nodes.stream().allMatch(HostCut::hasStrings)) {
      String does = one ? "runs on the host only: " : "run on the host only: ";
      return Diagnostic.error(Code.HOST_ONLY, op, times + does + names + more, cut());
    }
    return Diagnostic.error(
        Code.UNSUPPORTED_OP,
        op,
        times + (one ? "has no lowering: " : "have no lowering: ") + names + more,
        "cut the graph before (--outputs) or behind (--inputs) them, or give the op a recipe (--recipe)");
  }

  private String cut() {
    return options
        .map(o -> "cut the graph: " + (command.isEmpty() ? "" : command + " ") + o)
        .orElse("nothing is left for a device: run these ops outside the model");
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().limit(NAMES_SHOWN).map(n -> n.provenance().name()).toList();
  }
}
