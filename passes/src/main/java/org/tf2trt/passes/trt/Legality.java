// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Compares a graph with the table. */
public final class Legality {
  private static final int MAX_RANK = 8;
  private static final int NAMES_SHOWN = 5;

  private final Target target;
  private final Map<Finding, Set<String>> found = new LinkedHashMap<>();

  /** What is wrong with nodes of one op; nodes with the same fault are reported together. */
  private record Finding(String op, String what, String next) {}

  private Legality(Target target) {
    this.target = target;
  }

  /** One diagnostic for each op and reason, with the TensorFlow nodes it is about. */
  public static List<Diagnostic> of(Graph graph, Target target) {
    Legality legality = new Legality(target);
    legality.ports(graph);
    legality.graph(graph, FloatFed.of(graph), false);
    List<Diagnostic> all = new ArrayList<>();
    legality.found.forEach((finding, nodes) -> all.add(legality.diagnostic(finding, nodes)));
    return all;
  }

  /** What stands against one node; empty when the parsers of {@code target} take it. */
  static Optional<String> against(Node node, Target target) {
    for (TrtVersion version : target.versions()) {
      Optional<OpSupport> row = SupportTable.of(version).find(node.op());
      if (row.isEmpty()) {
        return Optional.of("TensorRT " + version.text() + " has no such op");
      }
      Optional<String> what = against(node, row.get()).or(() -> NodeLimits.against(node, version));
      if (what.isPresent()) {
        return what;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> against(Node node, OpSupport row) {
    for (int i = 0; i < node.inputs().size(); i++) {
      Value v = node.input(i);
      if (v.isPresent() && !row.types(i).contains(v.dtype())) {
        return Optional.of(
            "input %d is %s, TensorRT takes %s".formatted(i, v.dtype().text(), text(row.types(i))));
      }
    }
    for (Limit limit : row.limits()) {
      Optional<String> broken = limit.broken(node);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return ranks(node);
  }

  private static Optional<String> ranks(Node node) {
    List<Value> all = new ArrayList<>(node.results());
    node.inputs().stream().filter(Value::isPresent).forEach(all::add);
    for (Value v : all) {
      if (v.isUnused() && v instanceof Value.Result) {
        continue;
      }
      if (!v.shape().isRanked()) {
        // Reported where it begins: at an input of the model, or at the node that loses it.
        if (v instanceof Value.Result && node.inputs().stream().allMatch(Legality::isRanked)) {
          return Optional.of("its rank is not known");
        }
        continue;
      }
      if (v.shape().rank() > MAX_RANK) {
        return Optional.of("rank %d, TensorRT takes up to 8".formatted(v.shape().rank()));
      }
    }
    return Optional.empty();
  }

  private static boolean isRanked(Value v) {
    return !v.isPresent() || v.shape().isRanked();
  }

  private static String text(Set<DType> types) {
    return String.join(", ", types.stream().map(DType::text).toList());
  }

  private void graph(Graph graph, FloatFed fed, boolean looping) {
    for (Node node = graph.first(); node != null; node = node.next()) {
      Node n = node;
      against(node, target)
          .or(() -> fed.against(n))
          .or(() -> looping ? againstInLoop(n) : Optional.empty())
          .ifPresent(what -> add(n, what));
      boolean loops = looping || node.is("onnx.Loop") || node.is("onnx.Scan");
      node.bodies().forEach(b -> graph(b, fed, loops));
    }
  }

  /** The parser takes random numbers in a loop; the builder of 10.6 stops at an assertion. */
  private static Optional<String> againstInLoop(Node node) {
    return node.op().startsWith("onnx.Random")
        ? Optional.of("TensorRT makes no random numbers in a loop")
        : LoopFed.against(node);
  }

  private void add(Node node, String what) {
    String op = node.op().substring(node.op().indexOf('.') + 1);
    found
        .computeIfAbsent(new Finding(op, what, next(what)), f -> new LinkedHashSet<>())
        .add(node.provenance().name());
  }

  private static String next(String what) {
    if (what.contains("not known") || what.contains("to be known")) {
      return "pin the shapes of the inputs with --shape";
    }
    String cut = "cut the graph before (--outputs) or behind (--inputs) it";
    if (what.contains("floats of an input")) {
      return "give inputs that are settings their values with --value, or " + cut;
    }
    return what.contains("iteration")
        ? "fix what decides how often it runs (--shape, --value) so that it is written out, or "
            + cut
        : cut;
  }

  private void ports(Graph graph) {
    for (Value.Param p : graph.params()) {
      port("input", p.name(), p);
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      port("output", graph.outputNames().get(i), graph.outputs().get(i));
    }
  }

  private void port(String kind, String name, Value v) {
    String what = null;
    if (!NodeLimits.PORT_TYPES.contains(v.dtype())) {
      what = "TensorRT has no type %s".formatted(v.dtype().text());
    } else if (v instanceof Value.Param && !v.shape().isRanked()) {
      what = "its rank is not known";
    } else if (v.shape().isRanked() && v.shape().rank() > MAX_RANK) {
      what = "rank %d, TensorRT takes up to 8".formatted(v.shape().rank());
    }
    if (what != null) {
      found
          .computeIfAbsent(new Finding(kind, what, next(what)), f -> new LinkedHashSet<>())
          .add(name);
    }
  }

  private Diagnostic diagnostic(Finding finding, Set<String> nodes) {
    List<String> shown = nodes.stream().limit(NAMES_SHOWN).map(n -> "'" + n + "'").toList();
    String more =
        nodes.size() > NAMES_SHOWN ? " and %d more".formatted(nodes.size() - NAMES_SHOWN) : "";
    return Diagnostic.error(
        Code.NOT_FOR_TENSORRT,
        finding.op(),
        "%s: %s%s".formatted(finding.what(), String.join(", ", shown), more),
        finding.next());
  }
}
