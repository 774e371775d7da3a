// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.restore.VariableOps;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * The variables that a call of the model changes, and which value of them a node sees: that of the
 * last write that has run before it. A read and a write that nothing orders are refused, for
 * TensorFlow runs them in either order.
 */
final class VariableStates {
  private final Edges edges;
  private final ExecutionOrder order = new ExecutionOrder();

  /** By the identity of the variable. */
  private final Map<String, List<Access>> writes = new LinkedHashMap<>();

  private final Map<String, NodeDef> variables = new LinkedHashMap<>();

  VariableStates(Edges edges) {
    this.edges = edges;
  }

  /**
   * Finds the writes that run.
   *
   * @param from nodes of the main graph that a call of the model asks for
   * @param cut nodes of it whose outputs are inputs of the model
   */
  void find(Scope main, Collection<String> from, Set<String> cut) {
    ExecutedWrites found = ExecutedWrites.find(edges, main, from, cut);
    for (Access write : found.plain()) {
      TensorRef at = target(write).orElseThrow(() -> untraced(write));
      NodeDef variable = at.scope().node(at.node(), write.node());
      String identity = VariableOps.identity(variable);
      variables.putIfAbsent(identity, variable);
      writes.computeIfAbsent(identity, k -> new ArrayList<>()).add(write);
    }
    found.inFlow().stream().findFirst().ifPresent(VariableStates::refuseInFlow);
  }

  /** The variables that change, by identity, in the order of their first writes. */
  Map<String, NodeDef> variables() {
    return variables;
  }

  boolean isState(NodeDef variable) {
    return variables.containsKey(VariableOps.identity(variable));
  }

  /** The inputs of a node with each changing variable as the value that the node sees. */
  List<TensorRef> seen(Scope scope, NodeDef node, List<TensorRef> inputs) {
    if (variables.isEmpty() || FlowOps.isFlow(node)) {
      return inputs;
    }
    boolean replaces = Writes.isWrite(node) && WrittenValue.replaces(node);
    List<TensorRef> seen = new ArrayList<>();
    for (TensorRef input : replaces ? inputs.subList(1, inputs.size()) : inputs) {
      seen.add(seen(new Access(scope, node.getName()), input));
    }
    return seen;
  }

  private TensorRef seen(Access reader, TensorRef input) {
    Optional<TensorRef> variable = variable(input);
    String identity = variable.map(this::identity).orElse("");
    return writes.containsKey(identity)
        ? last(reader, identity).map(Access::result).orElse(variable.orElseThrow())
        : input;
  }

  /** What an output of the model that names a variable, or a write of one, gives. */
  TensorRef fetched(TensorRef output) {
    Optional<TensorRef> variable = variable(output);
    String identity = variable.map(this::identity).orElse("");
    if (!writes.containsKey(identity)) {
      return output;
    }
    Access at = new Access(output.scope(), output.node());
    for (Access write : writes.get(identity)) {
      if (!write.equals(at) && !order.isBefore(write, at)) {
        throw unordered(write, at.toString());
      }
    }
    return last(identity).result();
  }

  /** The write that leaves the variable as the next call finds it. */
  Access last(String identity) {
    return last(writes.get(identity));
  }

  /** The write whose value a node finds in the variable; empty for the value before the call. */
  private Optional<Access> last(Access reader, String identity) {
    List<Access> before = new ArrayList<>();
    for (Access write : writes.get(identity)) {
      if (order.isBefore(write, reader)) {
        before.add(write);
      } else if (!write.equals(reader) && !order.isBefore(reader, write)) {
        throw unordered(write, reader.toString());
      }
    }
    return before.isEmpty() ? Optional.empty() : Optional.of(last(before));
  }

  private Access last(List<Access> several) {
    Access last = several.get(0);
    for (Access write : several) {
      last = order.isBefore(last, write) ? write : last;
    }
    for (Access write : several) {
      if (!write.equals(last) && !order.isBefore(write, last)) {
        throw unordered(write, last.toString());
      }
    }
    return last;
  }

  private String identity(TensorRef variable) {
    return VariableOps.identity(variable.scope().node(variable.node(), variable.node()));
  }

  private Optional<TensorRef> target(Access write) {
    NodeDef node = write.scope().node(write.node(), write.node());
    return edges.inputs(write.scope(), node).stream().findFirst().flatMap(this::variable);
  }

  /** The variable behind a handle or a reference, which writes and loops hand on. */
  private Optional<TensorRef> variable(TensorRef ref) {
    Optional<NodeDef> found = ref.scope().find(ref.node());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    NodeDef node = found.get();
    if (VariableOps.isVariable(node)) {
      return Optional.of(ref);
    }
    boolean write = Writes.isWrite(node) && node.getInputCount() > 0;
    boolean loop = FlowOps.isFlow(node) && FlowOps.kind(node).equals("tf.While");
    if (!write && !loop && !isHandle(ref, node)) {
      return Optional.empty();
    }
    List<TensorRef> inputs = edges.inputs(ref.scope(), node);
    int index = loop ? ref.index() : 0;
    return index < inputs.size() ? variable(inputs.get(index)) : Optional.empty();
  }

  private static boolean isHandle(TensorRef ref, NodeDef node) {
    return node.getOp().equals("Identity")
        && NodeTypes.attrs(node, ref.scope().callAttrs()).get("T") instanceof Attr.Type t
        && t.value() == DType.RESOURCE;
  }

  /** References that TensorFlow 1's control flow passes on are not followed. */
  void refuseInLegacyFlow(Scope scope, NodeDef node, List<TensorRef> inputs) {
    for (TensorRef input : inputs) {
      if (variable(input).map(this::identity).filter(writes::containsKey).isPresent()) {
        throw refuse(
            "'" + scope.qualify(node.getName()) + "' (" + node.getOp() + ")",
            "passes a variable that the graph changes (" + input + ") into a branch or a loop",
            "read the variable before it");
      }
    }
  }

  private static void refuseInFlow(Access write) {
    throw refuse(
        write.toString(),
        "changes a variable in a branch or a loop",
        "assign the result of the branch or loop after it");
  }

  private static DiagnosticException untraced(Access write) {
    return refuse(
        write.toString(),
        "changes a variable that cannot be found from here",
        "give the write the variable itself");
  }

  private static DiagnosticException unordered(Access write, String other) {
    return refuse(
        other,
        "nothing says whether it runs before or after " + write + ", which changes the variable",
        "put a control dependency between them (tf.control_dependencies)");
  }

  private static DiagnosticException refuse(String subject, String what, String nextStep) {
    return DiagnosticException.of(Code.UNSUPPORTED_FORM, subject, what, nextStep);
  }
}
