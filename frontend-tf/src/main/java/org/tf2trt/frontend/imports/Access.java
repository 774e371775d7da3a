// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A node that reads or writes variables.
 *
 * @param scope where it is
 * @param node its name there
 */
record Access(Scope scope, String node) {
  /** The node, behind the calls that lead to it from the main graph. */
  List<Access> path() {
    Deque<Access> path = new ArrayDeque<>();
    path.push(this);
    for (Scope s = scope; !s.isMain(); s = s.caller()) {
      path.push(new Access(s.caller(), s.call().getName()));
    }
    return new ArrayList<>(path);
  }

  /** What the imported node gives; a write gives the variable's new value. */
  TensorRef result() {
    return new TensorRef(scope, node, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Access a && a.scope == scope && a.node.equals(node);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(scope) + node.hashCode();
  }

  @Override
  public String toString() {
    return "'" + scope.qualify(node) + "'";
  }
}
