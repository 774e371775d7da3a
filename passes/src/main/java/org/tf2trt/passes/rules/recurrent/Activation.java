// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;

/**
 * An activation that ONNX's recurrent ops take.
 *
 * @param name in their attribute
 * @param alpha and {@code beta} parameters; 0 where it has none
 * @param of its argument
 * @param part the result of a Split behind it that is meant, -1 for all of it
 * @param split that Split, or null
 */
record Activation(String name, double alpha, double beta, Value of, int part, Node split) {
  private static final Map<String, String> PLAIN =
      Map.of(
          "onnx.Sigmoid", "Sigmoid",
          "onnx.Tanh", "Tanh",
          "onnx.Relu", "Relu",
          "onnx.Softsign", "Softsign");

  static Optional<Activation> read(TimeLoop loop, Value v) {
    Node n = loop.inside(v).orElse(null);
    if (n == null) {
      return Optional.empty();
    }
    if (n.is("onnx.HardSigmoid")) {
      return Optional.of(
          new Activation(
              "HardSigmoid",
              n.floatAttr("alpha", 0.2),
              n.floatAttr("beta", 0.5),
              n.input(0),
              -1,
              null));
    }
    if (n.is("onnx.Split")) { // of several gates at once
      int index = ((Value.Result) v).index();
      return read(loop, n.input(0))
          .filter(a -> a.split == null)
          .map(a -> new Activation(a.name, a.alpha, a.beta, a.of, index, n));
    }
    return Optional.ofNullable(PLAIN.get(n.op()))
        .map(name -> new Activation(name, 0, 0, n.input(0), -1, null));
  }

  /** The same function, of whatever argument. */
  boolean isLike(Activation other) {
    return name.equals(other.name) && alpha == other.alpha && beta == other.beta;
  }

  /** The argument, or the columns of it that are meant. */
  Optional<Affine> argument(AffineReader reader) {
    Optional<Affine> whole = reader.read(of);
    return split == null ? whole : whole.flatMap(a -> reader.part(split, part, a));
  }

  boolean is(String wanted) {
    return name.equals(wanted);
  }
}
