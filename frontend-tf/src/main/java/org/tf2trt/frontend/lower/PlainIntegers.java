// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Quantised constants read as the plain integers they hold. */
final class PlainIntegers {
  private PlainIntegers() {}

  /** The inputs of a node. */
  static List<Value> of(Node node, OnnxBuilder build) {
    return node.inputs().stream().map(v -> plain(v, build)).toList();
  }

  private static Value plain(Value v, OnnxBuilder build) {
    return v.isPresent() && v.dtype().isQuantized() && v.constant().isPresent()
        ? build.constant(v.constant().get().reinterpret(RealTypes.of(v.dtype())))
        : v;
  }
}
