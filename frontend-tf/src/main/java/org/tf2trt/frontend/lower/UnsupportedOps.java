// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Diagnostics;

/** Collects nodes without a lowering and reports them grouped by op, with a next step. */
final class UnsupportedOps {
  private static final int NAMES_SHOWN = 5;

  private final Map<String, List<Node>> nodesByOp = new TreeMap<>();

  void add(Node node) {
    String op = node.op().substring("tf.".length());
    nodesByOp.computeIfAbsent(op, o -> new ArrayList<>()).add(node);
  }

  void report(Diagnostics into) {
    nodesByOp.forEach((op, nodes) -> into.add(diagnostic(op, nodes)));
  }

  private static Diagnostic diagnostic(String op, List<Node> nodes) {
    String names = "'" + String.join("', '", names(nodes)) + "'";
    int left = nodes.size() - NAMES_SHOWN;
    String more = left > 0 ? " and " + left + " more" : "";
    boolean one = nodes.size() == 1;
    String times = one ? "1 node of this op " : nodes.size() + " nodes of this op ";
    if (HostOps.isHostOnly(op)) {
      String does = one ? "runs on the host only: " : "run on the host only: ";
      return Diagnostic.error(Code.HOST_ONLY, op, times + does + names + more, cut(nodes));
    }
    return Diagnostic.error(
        Code.UNSUPPORTED_OP,
        op,
        times + (one ? "has no lowering: " : "have no lowering: ") + names + more,
        "cut the graph before (--outputs) or behind (--inputs) them, or give the op a recipe (--recipe)");
  }

  /**
   * The place to cut is behind the last host op, not for example between a table and its lookup.
   */
  private static String cut(List<Node> nodes) {
    List<Node> last = nodes.stream().filter(UnsupportedOps::feedsDevice).toList();
    return last.isEmpty()
        ? "cut the graph behind the ops that read them"
        : "cut the graph behind them: --inputs " + String.join(",", names(last));
  }

  private static boolean feedsDevice(Node node) {
    return node.results().stream()
        .filter(r -> r.dtype() != DType.RESOURCE && r.dtype() != DType.STRING)
        .flatMap(r -> r.uses().stream())
        .anyMatch(u -> !(u instanceof Use.Input i) || !HostOps.isHostOnly(name(i.node())));
  }

  private static String name(Node node) {
    return node.op().substring(node.op().indexOf('.') + 1);
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().limit(NAMES_SHOWN).map(n -> n.provenance().name()).toList();
  }
}
