// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.restore.VariableOps;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;

/**
 * Tables of numbers that the graph itself fills, once: what reads one gets its keys and values in
 * the place of the handle. Which initialiser fills it is looked for in the main graph and in the
 * functions that this calls, because the outputs do not depend on it.
 */
final class Tables {
  private static final Set<String> TABLES = Set.of("HashTable", "HashTableV2");
  private static final Set<String> READERS =
      Set.of("LookupTableFind", "LookupTableSize", "LookupTableExport");
  private static final Set<String> WRITERS =
      Set.of("InitializeTable", "LookupTableImport", "LookupTableInsert", "LookupTableRemove");

  private final Edges edges;
  private final Scope main;
  private List<Access> writers;

  Tables(Edges edges, Scope main) {
    this.edges = edges;
    this.main = main;
  }

  /** The inputs of a node, with keys and values in the place of a table that is known. */
  List<TensorRef> contents(Scope scope, NodeDef node, List<TensorRef> inputs) {
    if (!is(READERS, node) || inputs.isEmpty()) {
      return inputs;
    }
    Optional<List<TensorRef>> contents = contents(inputs.get(0));
    if (contents.isEmpty()) {
      return inputs;
    }
    List<TensorRef> all = new ArrayList<>(contents.get());
    all.addAll(inputs.subList(1, inputs.size()));
    return all;
  }

  /** Whether these inputs are more than the op has: keys and values instead of the handle. */
  static boolean isKnown(NodeDef node, int inputs) {
    int own = node.getOp().startsWith("LookupTableFind") ? 3 : 1;
    return is(READERS, node) && inputs == own + 1;
  }

  private Optional<List<TensorRef>> contents(TensorRef table) {
    Optional<NodeDef> node = table.scope().find(table.node());
    if (node.filter(n -> TABLES.contains(n.getOp()) && holdsNumbers(n)).isEmpty()) {
      return Optional.empty();
    }
    Set<List<TensorRef>> filled = new LinkedHashSet<>();
    for (Access writer : writers()) {
      NodeDef def = writer.scope().node(writer.node(), writer.node());
      List<TensorRef> given = edges.inputs(writer.scope(), def);
      if (!given.isEmpty() && isSame(given.get(0), table)) {
        boolean fills = is(Set.of("InitializeTable", "LookupTableImport"), def);
        filled.add(fills && given.size() == 3 ? given.subList(1, 3) : List.of());
      }
    }
    return filled.size() == 1
        ? filled.stream().filter(f -> !f.isEmpty()).findFirst()
        : Optional.empty();
  }

  private static boolean holdsNumbers(NodeDef table) {
    var attrs = NodeTypes.attrs(table, java.util.Map.of());
    return List.of("key_dtype", "value_dtype").stream()
        .allMatch(a -> attrs.get(a) instanceof Attr.Type t && t.value() != DType.STRING);
  }

  private static boolean isSame(TensorRef a, TensorRef b) {
    if (a.equals(b)) {
      return true;
    }
    Optional<NodeDef> one = a.scope().find(a.node());
    Optional<NodeDef> other = b.scope().find(b.node());
    return one.filter(n -> TABLES.contains(n.getOp())).isPresent()
        && other.isPresent()
        && !VariableOps.sharedName(one.get()).equals(one.get().getName())
        && VariableOps.identity(one.get()).equals(VariableOps.identity(other.get()));
  }

  private List<Access> writers() {
    if (writers == null) {
      writers = new ArrayList<>();
      collect(main, new HashSet<>());
    }
    return writers;
  }

  private void collect(Scope scope, Set<String> within) {
    for (NodeDef node : scope.nodes().values()) {
      if (is(WRITERS, node)) {
        writers.add(new Access(scope, node.getName()));
      } else if (mayWrite(node, within)) {
        edges.called(scope, node).forEach(s -> collect(s, within));
      }
    }
  }

  /** Entering a function costs memory for each call: most have nothing to do with tables. */
  private boolean mayWrite(NodeDef node, Set<String> within) {
    return edges.callees(node).stream()
        .anyMatch(
            f -> {
              if (!within.add(f.name())) {
                return false; // calls itself
              }
              boolean any =
                  f.nodes().values().stream().anyMatch(n -> is(WRITERS, n) || mayWrite(n, within));
              within.remove(f.name());
              return any;
            });
  }

  private static boolean is(Set<String> ops, NodeDef node) {
    String op = node.getOp();
    return ops.contains(op.endsWith("V2") ? op.substring(0, op.length() - 2) : op);
  }
}
