// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/**
 * A value whose shape is known and has an extent of 0 is known too, whatever it is computed from.
 * ONNX Runtime's reductions give such values wrong shapes, and TensorRT's builder finds no formats
 * for them.
 */
public final class Empty {
  private Empty() {}

  /** A tensor without elements, for a value that surely has none. */
  public static Optional<TensorData> of(Value v) {
    boolean nothing =
        v.isPresent() && v.shape().isStatic() && v.shape().dims().stream().anyMatch(d -> d.is(0));
    return nothing && v.dtype().bytes() > 0
        ? Optional.of(TensorData.of(v.dtype(), v.shape().sizes(), Elements.allocate(v.dtype(), 0)))
        : Optional.empty();
  }

  /**
   * The results of a node that all have no elements. ONNX has no op with another effect than its
   * results, so that what it is and what it reads do not matter.
   */
  public static Optional<List<TensorData>> results(Node node) {
    if (!node.op().startsWith("onnx.")) {
      return Optional.empty();
    }
    List<TensorData> all = new ArrayList<>();
    for (Value r : node.results()) {
      of(r).ifPresent(all::add);
    }
    return all.size() == node.results().size() ? Optional.of(all) : Optional.empty();
  }
}
