// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Schemas;

/**
 * A model's graph with calls inlined, so that every tensor in it can be fetched. Nodes are named by
 * call path and name, as provenance names them; variables and tables keep the name that they share
 * their contents by.
 *
 * @param graph what the tensors need, and the whole function library, for If and While
 * @param names the tensor in that graph for each tensor asked for
 */
public record FlatGraph(GraphDef graph, Map<String, String> names) {
  private static final String SHARED_NAME = "shared_name";

  /** Attributes that speak of other nodes, or of shapes in one call. */
  private static final List<String> DROPPED = List.of("_class", "_output_shapes");

  /** Whether all these tensors are of the main graph itself. */
  public static boolean holds(GraphDef graph, Collection<String> tensors) {
    Set<String> nodes = new HashSet<>();
    graph.getNodeList().forEach(n -> nodes.add(n.getName()));
    return tensors.stream().allMatch(t -> nodes.contains(t.replaceFirst(":[0-9]+$", "")));
  }

  /**
   * Those of these tensors that a graph without calls can have; tensors in the bodies of If and
   * While cannot be fetched.
   */
  public static List<String> known(
      GraphDef graph, Map<String, FunctionDef> functions, Collection<String> tensors) {
    TensorNames finder =
        new TensorNames(Scope.main(graph.getNodeList()), new Edges(new Functions(functions)));
    List<String> known = new ArrayList<>();
    for (String tensor : tensors) {
      try {
        TensorRef ref = finder.find(tensor);
        String op = ref.scope().node(ref.node(), ref.node()).getOp();
        if (Schemas.tf(op).map(s -> s.maxOutputs() > ref.index()).orElse(ref.index() == 0)) {
          known.add(tensor);
        }
      } catch (DiagnosticException e) {
        // Not one of the model's own tensors.
      }
    }
    return known;
  }

  /**
   * Inlines what the tensors need.
   *
   * @param tensors as {@code node:0}, with the call path before the node where it is inside
   *     functions
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code UNKNOWN_NAME}, {@code MALFORMED_GRAPH}
   */
  public static FlatGraph of(
      GraphDef graph, Map<String, FunctionDef> functions, Collection<String> tensors) {
    Scope main = Scope.main(graph.getNodeList());
    Edges edges = new Edges(new Functions(functions));
    TensorNames finder = new TensorNames(main, edges);
    Walk walk = new Walk(edges);
    Map<String, String> names = new LinkedHashMap<>();
    for (String tensor : tensors) {
      names.put(tensor, walk.name(finder.find(tensor)));
    }
    walk.run();
    GraphDef flat =
        GraphDef.newBuilder()
            .addAllNode(walk.nodes)
            .setLibrary(graph.getLibrary())
            .setVersions(graph.getVersions())
            .build();
    return new FlatGraph(flat, names);
  }

  /** Copies nodes until nothing new is named. */
  private static final class Walk {
    private final Edges edges;
    private final List<NodeDef> nodes = new ArrayList<>();
    private final Map<Scope, Map<String, String>> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<TensorRef> open = new ArrayDeque<>();

    Walk(Edges edges) {
      this.edges = edges;
    }

    String name(TensorRef ref) {
      return node(ref.scope(), ref.node()) + ":" + ref.index();
    }

    private String node(Scope scope, String node) {
      Map<String, String> known = names.computeIfAbsent(scope, s -> new HashMap<>());
      String name = known.get(node);
      if (name == null) {
        name = scope.qualify(node);
        while (!taken.add(name)) {
          name += "_"; // a node of the main graph may be called as one inside a call
        }
        known.put(node, name);
        open.add(new TensorRef(scope, node, 0));
      }
      return name;
    }

    void run() {
      while (!open.isEmpty()) {
        TensorRef at = open.remove();
        nodes.add(copy(at.scope(), at.scope().node(at.node(), at.node())));
      }
    }

    private NodeDef copy(Scope scope, NodeDef node) {
      NodeDef.Builder copy =
          NodeDef.newBuilder().setName(node(scope, node.getName())).setOp(node.getOp());
      node.getInputList().stream()
          .filter(i -> !i.startsWith("^"))
          .forEach(
              i -> copy.addInput(name(edges.resolve(edges.reference(scope, i, node.getName())))));
      node.getInputList().stream()
          .filter(i -> i.startsWith("^"))
          .map(i -> i.substring(1))
          .filter(i -> scope.find(i).filter(n -> edges.enter(scope, n).isEmpty()).isPresent())
          .forEach(i -> copy.addInput("^" + node(scope, i)));
      node.getAttrMap()
          .forEach(
              (key, value) -> {
                if (!DROPPED.contains(key)) {
                  copy.putAttr(key, bound(value, scope));
                }
              });
      AttrValue shared = copy.getAttrOrDefault(SHARED_NAME, null);
      if (shared != null && shared.getS().isEmpty()) {
        copy.putAttr(
            SHARED_NAME,
            AttrValue.newBuilder().setS(ByteString.copyFromUtf8(node.getName())).build());
      }
      return copy.build();
    }

    /** Attributes of a function's nodes may stand for those of the call. */
    private static AttrValue bound(AttrValue value, Scope scope) {
      return value.getValueCase() == AttrValue.ValueCase.PLACEHOLDER
          ? scope.callAttrs().getOrDefault(value.getPlaceholder(), value)
          : value;
    }
  }
}
