// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.function.Consumer;
import org.tf2trt.ir.diag.DiagnosticException;

/** Checks a step that uses another recipe. */
final class Calls {
  private Calls() {}

  static void check(Step s, Recipe callee, Consumer<DiagnosticException> found) {
    if (s.inputs().size() != callee.inputs().size()) {
      found.accept(
          s.at()
              .error(
                  "%s is given %d inputs, takes %d"
                      .formatted(s.op(), s.inputs().size(), callee.inputs().size())));
    }
    if (s.outputs().isEmpty() || s.outputs().size() > callee.outputs().size()) {
      found.accept(
          s.at()
              .error(
                  "%d results of %s are taken, it has %d"
                      .formatted(s.outputs().size(), s.op(), callee.outputs().size())));
    }
    s.arguments()
        .forEach(
            (name, argument) -> {
              if (callee.parameter(name).isEmpty()) {
                found.accept(argument.at().error(s.op() + " has no attribute '" + name + "'"));
              } else if (argument instanceof Argument.Graph) {
                found.accept(
                    argument
                        .at()
                        .error("attribute '" + name + "' is a graph, which no recipe takes"));
              }
            });
    for (Parameter p : callee.parameters()) {
      if (p.defaultValue().isEmpty() && !s.arguments().containsKey(p.name())) {
        found.accept(s.at().error(s.op() + " needs attribute '" + p.name() + "'"));
      }
    }
  }
}
