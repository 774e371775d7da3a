// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** The two operands of a commutative op in the body of a loop. */
final class Factors {
  private Factors() {}

  static Optional<List<Value>> of(TimeLoop loop, Value v, String op) {
    return loop.inside(v).filter(n -> n.is(op)).map(Node::inputs).filter(i -> i.size() == 2);
  }

  /** The other operand when one of them is {@code known}. */
  static Optional<Value> beside(TimeLoop loop, Value v, String op, Value known) {
    return of(loop, v, op)
        .filter(f -> f.contains(known))
        .map(f -> f.get(f.get(0) == known ? 1 : 0));
  }
}
