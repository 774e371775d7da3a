// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;

/** A dim of a value that has to be {@code extent}, and the dim of an input that it follows from. */
record DimOrigin(Value value, int axis, long extent) {
  private static final int OPSET = 21;

  /** Goes back to a parameter; empty where a node on the way may change the extent. */
  static Optional<DimOrigin> of(DimOrigin asked) {
    Optional<DimOrigin> at = Optional.of(asked);
    while (at.isPresent() && at.get().isOpen() && at.get().value() instanceof Value.Result r) {
      at = at.get().before(r.node());
    }
    return at.filter(DimOrigin::isOpen);
  }

  private boolean isOpen() {
    return value.shape().isRanked()
        && axis >= 0
        && axis < value.shape().rank()
        && !value.shape().dim(axis).isKnown();
  }

  private Optional<DimOrigin> before(Node n) {
    return switch (n.op()) {
      case "onnx.Transpose" -> Optional.of(new DimOrigin(n.input(0), permuted(n), extent));
      case "onnx.Unsqueeze" -> unsqueezed(n);
      case "onnx.Pad" -> padded(n);
      case "onnx.MaxPool", "onnx.AveragePool", "onnx.LpPool" ->
          axis < 2 ? same(n) : Optional.empty();
      case "onnx.BatchNormalization", "onnx.InstanceNormalization", "onnx.LRN", "onnx.Softmax" ->
          same(n);
      default -> elementwise(n);
    };
  }

  private Optional<DimOrigin> same(Node n) {
    return value == n.result(0)
        ? Optional.of(new DimOrigin(n.input(0), axis, extent))
        : Optional.empty();
  }

  private int permuted(Node n) {
    long[] perm = n.intsAttr("perm");
    return perm.length > 0 ? (int) perm[axis] : value.shape().rank() - 1 - axis;
  }

  private Optional<DimOrigin> unsqueezed(Node n) {
    Optional<TensorData> axes = n.input(1).constant();
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    int before = 0;
    for (long a : axes.get().longs()) {
      int at = (int) (a < 0 ? a + value.shape().rank() : a);
      if (at == axis) {
        return Optional.empty();
      }
      before += at < axis ? 1 : 0;
    }
    return Optional.of(new DimOrigin(n.input(0), axis - before, extent));
  }

  private Optional<DimOrigin> padded(Node n) {
    Optional<TensorData> pads = n.input(1).constant();
    if (pads.isEmpty() || n.optionalInput(3).isPresent()) {
      return Optional.empty();
    }
    long[] p = pads.get().longs();
    long inner = extent - p[axis] - p[axis + p.length / 2];
    return inner < 0 ? Optional.empty() : Optional.of(new DimOrigin(n.input(0), axis, inner));
  }

  /** The one operand whose extent is not 1 gives the result's. */
  private Optional<DimOrigin> elementwise(Node n) {
    boolean follows =
        Schemas.onnx(n.op().substring(n.op().indexOf('.') + 1), OPSET)
            .filter(s -> s.has(Trait.ELEMENTWISE) || s.has(Trait.IDENTITY))
            .isPresent();
    if (!follows || value != n.result(0)) {
      return Optional.empty();
    }
    DimOrigin found = null;
    for (Value v : n.inputs()) {
      if (!v.isPresent()) {
        continue;
      }
      if (!v.shape().isRanked()) {
        return Optional.empty();
      }
      int at = axis - value.shape().rank() + v.shape().rank();
      if (at < 0 || v.shape().dim(at).is(1)) {
        continue;
      }
      if (found != null) {
        return Optional.empty();
      }
      found = new DimOrigin(v, at, extent);
    }
    return Optional.ofNullable(found).filter(DimOrigin::isOpen);
  }
}
