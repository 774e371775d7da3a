// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The pairs that stand for complex tensors. A node with a complex result stays in the graph until
 * its readers are lowered, so that its result, which has the complex type, is the key.
 */
final class ComplexValues {
  private final Map<Value, Pair> pairs = new IdentityHashMap<>();

  static boolean isConcerned(Node node) {
    return node.inputs().stream().anyMatch(v -> v.isPresent() && v.dtype().isComplex())
        || node.results().stream().anyMatch(r -> r.dtype().isComplex());
  }

  /** Replaces real results and keeps complex ones as pairs. */
  void lower(Node node, TfNode view, OnnxBuilder build, ComplexLowering lowering) {
    List<Pair> inputs = view.inputs().stream().map(v -> pair(v, build)).toList();
    List<Pair> made = lowering.lower(view, inputs, build);
    for (int i = 0; i < node.results().size(); i++) {
      Value old = node.result(i);
      Pair now = made.get(i);
      if (old.dtype().isComplex()) {
        pairs.put(old, now);
      } else if (!old.isUnused()) {
        old.replaceAllUsesWith(now.re());
      }
    }
    if (node.isDead()) {
      node.erase();
    }
  }

  /** A real input stands alone. */
  private Pair pair(Value v, OnnxBuilder build) {
    if (!v.isPresent() || !v.dtype().isComplex()) {
      return new Pair(v, OnnxBuilder.absent());
    }
    Pair known = pairs.get(v);
    if (known != null) {
      return known;
    }
    TensorData data = v.constant().orElseThrow(() -> ComplexInterface.input(v));
    return new Pair(build.constant(part(data, 0)), build.constant(part(data, 1)));
  }

  /** The real or imaginary parts of a constant. */
  private static TensorData part(TensorData data, int which) {
    DType dtype = RealTypes.of(data.dtype());
    return TensorData.lazy(
        dtype,
        data.shape(),
        () -> {
          ByteBuffer all = data.bytes();
          ByteBuffer some = Elements.allocate(dtype, data.elements());
          for (int i = 0; i < data.elements(); i++) {
            double value = Elements.getDouble(dtype, all, 2 * i + which);
            Elements.putDouble(dtype, some, i, value);
          }
          return some;
        });
  }
}
