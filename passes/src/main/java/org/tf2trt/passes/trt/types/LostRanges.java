// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Constants;

/** Nodes that compute with f64 constants which f32 turns into an infinity or a zero. */
public final class LostRanges {
  private final Set<String> nodes = new LinkedHashSet<>();

  /** Remembers the reader of a constant that is out of the range of f32. */
  void check(String node, Value v) {
    if (!v.isPresent() || v.dtype() != DType.F64 || Constants.small(v).isEmpty()) {
      return;
    }
    for (double x : v.constant().orElseThrow().doubles()) {
      boolean overflows = Double.isFinite(x) && Double.isInfinite((float) x);
      // The largest double stands for "no bound".
      if (overflows && Math.abs(x) != Double.MAX_VALUE || x != 0 && (float) x == 0) {
        nodes.add(node);
        return;
      }
    }
  }

  /** Their TensorFlow names, in order. */
  public List<String> nodes() {
    return Collections.unmodifiableList(new ArrayList<>(nodes));
  }
}
