// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.restore.VariableOps;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;

/** Variables become constants of their saved values, as long as the graph does not change them. */
final class Variables {
  private final VariableValues values;
  private final Writes writes;

  private final Diagnostics warnings;
  private final Set<TensorRef> warned = new HashSet<>();

  private final String command;

  /**
   * @param command that makes inputs and outputs of variables that change
   */
  Variables(VariableValues values, Edges edges, Diagnostics warnings, String command) {
    this.values = values;
    this.command = command;
    this.writes = new Writes(edges);
    this.warnings = warnings;
  }

  static boolean isVariable(NodeDef node) {
    return VariableOps.isVariable(node);
  }

  TensorData value(NodeDef node) {
    return values.get(node);
  }

  /**
   * A read that is ordered behind a write of the same variable does not give the saved value. The
   * order is in control edges, which the import does not follow otherwise, and in the inputs of the
   * calls around the read.
   */
  void refuseReadAfterWrite(Scope scope, NodeDef read, List<TensorRef> inputs) {
    if (!read.getOp().equals("ReadVariableOp") && !read.getOp().equals("Identity")) {
      if (Writes.isWrite(read)) {
        throw stateful(scope, read, read);
      }
      return;
    }
    Optional<TensorRef> variable = inputs.stream().findFirst().filter(Variables::isVariable);
    if (variable.isEmpty()) {
      return;
    }
    List<String> controls =
        read.getInputList().stream().filter(input -> input.startsWith("^")).toList();
    Optional<NodeDef> write = writes.before(scope, controls, variable.get());
    for (Scope s = scope; write.isEmpty() && !s.isMain(); s = s.caller()) {
      write = writes.beforeCall(s, variable.get());
    }
    if (write.isPresent()) {
      throw stateful(scope, read, write.get());
    }
    warnOfLaterWrite(scope, variable.get());
  }

  /**
   * A function runs all of its writes, also those that no output needs (its control outputs). One
   * behind the read leaves this call alone and changes the next.
   */
  private void warnOfLaterWrite(Scope scope, TensorRef variable) {
    if (scope.isMain() || warned.contains(variable)) {
      return;
    }
    Scope outermost = scope;
    while (!outermost.caller().isMain()) {
      outermost = outermost.caller();
    }
    Optional<NodeDef> write = writes.within(outermost, variable);
    if (write.isPresent() && warned.add(variable)) {
      warnings.add(
          Diagnostic.warning(
              Code.UNSUPPORTED_FORM,
              "'" + variable.scope().qualify(variable.node()) + "'",
              "the model keeps state in this variable ('"
                  + write.get().getName()
                  + "' changes it); what is converted computes every call as the first after loading",
              "make the state an input and an output where calls follow one another: " + command));
    }
  }

  private static boolean isVariable(TensorRef ref) {
    return ref.scope().find(ref.node()).map(Variables::isVariable).orElse(false);
  }

  private DiagnosticException stateful(Scope scope, NodeDef read, NodeDef write) {
    return DiagnosticException.of(
        Code.UNSUPPORTED_FORM,
        "'" + scope.qualify(read.getName()) + "' (" + read.getOp() + ")",
        "the graph changes this variable while it runs ('" + write.getName() + "')",
        "make the state an input and an output of the model: " + command);
  }
}
