// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Which of two nodes runs first, as far as data and control edges say. Of nodes in different calls
 * the calls decide: one begins when its inputs are there, and what waits for it waits for all in
 * it.
 */
final class ExecutionOrder {
  private final Map<Access, Set<String>> ancestors = new HashMap<>();

  /** Whether {@code first} has always run when {@code second} begins. */
  boolean isBefore(Access first, Access second) {
    List<Access> a = first.path();
    List<Access> b = second.path();
    for (int i = 0; i < a.size() && i < b.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i).scope() == b.get(i).scope()
            && ancestors(b.get(i)).contains(a.get(i).node());
      }
    }
    return false;
  }

  /** The nodes of the same scope that have run when this one begins. */
  private Set<String> ancestors(Access of) {
    Set<String> known = ancestors.get(of);
    if (known != null) {
      return known;
    }
    Set<String> seen = new HashSet<>();
    Deque<String> work = new ArrayDeque<>();
    work.push(of.node());
    while (!work.isEmpty()) {
      of.scope()
          .find(work.pop())
          .map(NodeDef::getInputList)
          .ifPresent(
              inputs -> inputs.stream().map(Edges::producer).filter(seen::add).forEach(work::push));
    }
    ancestors.put(of, seen);
    return seen;
  }
}
