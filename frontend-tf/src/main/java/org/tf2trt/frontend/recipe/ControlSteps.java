// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Optional;
import java.util.function.Consumer;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.diag.DiagnosticException;

/** Checks that the graphs of If, Loop and Scan take and give what these ops ask for. */
final class ControlSteps {
  private final Step step;
  private final Consumer<DiagnosticException> found;

  private ControlSteps(Step step, Consumer<DiagnosticException> found) {
    this.step = step;
    this.found = found;
  }

  /** Does nothing for a step without graphs. */
  static void check(Step s, Consumer<DiagnosticException> found) {
    ControlSteps checks = new ControlSteps(s, found);
    s.graphs().values().forEach(checks::check);
  }

  private void check(Block graph) {
    int inputs = step.inputs().size();
    int results = step.outputs().size();
    switch (step.op()) {
      case "If" -> expect(graph, 0, results);
      case "Loop" -> {
        // Beside them are the number of the iteration and the condition.
        expect(graph, inputs, 1 + results);
        atLeast(results, inputs - 2);
      }
      case "Scan" -> {
        expect(graph, inputs, results);
        scanned().ifPresent(n -> atLeast(results, inputs - n));
      }
      default -> throw new IllegalStateException(step.op());
    }
  }

  private Optional<Integer> scanned() {
    return step.arguments().get("num_scan_inputs") instanceof Argument.Given g
            && g.value() instanceof Attr.Int n
        ? Optional.of((int) n.value())
        : Optional.empty();
  }

  private void expect(Block graph, int inputs, int outputs) {
    expect(graph, "inputs", graph.inputs().size(), inputs);
    expect(graph, "outputs", graph.outputs().size(), outputs);
  }

  private void expect(Block graph, String what, int has, int wants) {
    if (has != wants) {
      found.accept(
          graph
              .at()
              .error(
                  "graph '%s' has %d %s, %s needs %d here"
                      .formatted(graph.name(), has, what, step.op(), wants)));
    }
  }

  private void atLeast(int results, int carried) {
    if (results < carried) {
      found.accept(
          step.at()
              .error(
                  "%s has %d results, but carries %d values".formatted(step.op(), results, carried),
                  "take each of them, as \"\" where it is not needed"));
    }
  }
}
