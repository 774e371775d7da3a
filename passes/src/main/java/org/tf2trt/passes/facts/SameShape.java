// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Values that were made from one value element by element, and have its shape, known or not. */
final class SameShape {
  private static final int DEPTH = 16;

  private static final Set<String> UNARY =
      Set.of(
          "onnx.Abs",
          "onnx.Cast",
          "onnx.Ceil",
          "onnx.Exp",
          "onnx.Floor",
          "onnx.IsInf",
          "onnx.IsNaN",
          "onnx.Log",
          "onnx.Neg",
          "onnx.Not",
          "onnx.Reciprocal",
          "onnx.Relu",
          "onnx.Round",
          "onnx.Sigmoid",
          "onnx.Sign",
          "onnx.Sqrt",
          "onnx.Tanh");

  private static final Set<String> BINARY =
      Set.of(
          "onnx.Add",
          "onnx.And",
          "onnx.Div",
          "onnx.Equal",
          "onnx.Greater",
          "onnx.GreaterOrEqual",
          "onnx.Less",
          "onnx.LessOrEqual",
          "onnx.Mod",
          "onnx.Mul",
          "onnx.Or",
          "onnx.Pow",
          "onnx.Sub",
          "onnx.Xor");

  private SameShape() {}

  static boolean hold(Value a, Value b) {
    return origin(a) == origin(b);
  }

  /** The value whose shape this one certainly has: itself where nothing else is known. */
  private static Value origin(Value v) {
    Value origin = v;
    for (int i = 0; i < DEPTH; i++) {
      Optional<Value> before = origin.producer().flatMap(SameShape::before);
      if (before.isEmpty()) {
        return origin;
      }
      origin = before.get();
    }
    return origin;
  }

  private static Optional<Value> before(Node n) {
    if (UNARY.contains(n.op())) {
      return Optional.of(n.input(0));
    }
    if (BINARY.contains(n.op())) {
      if (n.input(1).shape().hasRank(0)) {
        return Optional.of(n.input(0));
      }
      if (n.input(0).shape().hasRank(0)) {
        return Optional.of(n.input(1));
      }
    }
    return Optional.empty();
  }
}
