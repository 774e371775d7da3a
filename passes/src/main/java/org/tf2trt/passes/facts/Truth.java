// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.facts;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/** Bools that are the same everywhere, whatever the inputs are; their shape may be open. */
public final class Truth {
  private static final int DEPTH = 8;

  private Truth() {}

  /** Empty where elements may differ, or may change with the inputs. */
  public static Optional<Boolean> of(Value v) {
    return v.dtype() == DType.BOOL ? of(v, DEPTH) : Optional.empty();
  }

  private static Optional<Boolean> of(Value v, int depth) {
    OptionalDouble constant = Constants.uniform(v);
    if (constant.isPresent()) {
      return Optional.of(constant.getAsDouble() != 0);
    }
    if (depth == 0 || v.producer().isEmpty()) {
      return Optional.empty();
    }
    Node n = v.producer().get();
    return switch (n.op()) {
      case "onnx.And" -> decided(n, false, depth);
      case "onnx.Or" -> decided(n, true, depth);
      case "onnx.Not" -> of(n.input(0), depth - 1).map(b -> !b);
      default -> Moves.is(n) ? of(n.input(0), depth - 1) : Optional.empty();
    };
  }

  /** One operand may decide alone; else both have to be known. */
  private static Optional<Boolean> decided(Node n, boolean alone, int depth) {
    Optional<Boolean> a = of(n.input(0), depth - 1);
    Optional<Boolean> b = of(n.input(1), depth - 1);
    if (a.filter(x -> x == alone).isPresent() || b.filter(x -> x == alone).isPresent()) {
      return Optional.of(alone);
    }
    return a.isPresent() && b.isPresent() ? Optional.of(!alone) : Optional.empty();
  }
}
