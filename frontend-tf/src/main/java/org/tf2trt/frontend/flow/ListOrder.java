// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Whether indices count through a whole list, from 0 on. */
final class ListOrder {
  private ListOrder() {}

  /**
   * @param indices a vector
   * @param length of the list, a vector of one
   */
  static boolean isAll(OnnxBuilder build, Value indices, Value length) {
    Optional<List<Dim>> count = build.values(length);
    if (count.isEmpty()) {
      return false;
    }
    Optional<List<Dim>> known = build.values(indices);
    if (known.isPresent()) {
      for (int i = 0; i < known.get().size(); i++) {
        if (!known.get().get(i).is(i)) {
          return false;
        }
      }
      return count.get().get(0).is(known.get().size());
    }
    Value v = indices;
    while (v.producer("onnx.Cast").isPresent()) {
      v = v.producer().get().input(0);
    }
    Node range = v.producer("onnx.Range").orElse(null);
    return range != null
        && is(build, range.input(0), Dim.of(0))
        && is(build, range.input(2), Dim.of(1))
        && !count.get().get(0).isUnknown()
        && is(build, range.input(1), count.get().get(0));
  }

  private static boolean is(OnnxBuilder build, Value v, Dim expected) {
    return build.values(v).filter(d -> d.get(0).equals(expected)).isPresent();
  }
}
