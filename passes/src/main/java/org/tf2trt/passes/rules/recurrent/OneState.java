// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Tries the variables of a loop, one after the other, as the state of a cell that has one. */
final class OneState {
  /** The results of the loop when variable {@code h} is the state of the cell. */
  interface Cell {
    Optional<List<Value>> read(TimeLoop loop, int h, OnnxBuilder build);
  }

  private OneState() {}

  static Rule.Outcome replace(Node node, RuleContext context, String name, Cell cell) {
    Optional<TimeLoop> time = TimeLoop.of(node);
    if (time.isEmpty()) {
      return Rule.Outcome.decline("a condition may end the loop");
    }
    TimeLoop loop = time.get();
    for (int h = 0; h < loop.carried(); h++) {
      if (RecurrentOp.isState(loop.param(h))) {
        Optional<List<Value>> made = cell.read(loop, h, context.build());
        if (made.isPresent()) {
          return new Rule.Replace(made.get());
        }
      }
    }
    return Rule.Outcome.decline("none of its variables is the state of " + name);
  }
}
