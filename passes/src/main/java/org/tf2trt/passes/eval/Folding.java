// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** Decides whether a node can become constants, and computes them. */
public final class Folding {
  /** A result may always be this large: 1 MiB. */
  private static final long FREE_BYTES = 1 << 20;

  /** Beyond that, so many times the inputs: as much as an int8 weight grows when cast to float. */
  private static final long GROWTH = 4;

  private Folding() {}

  /** The results of a node as constants, or empty when {@link #attempt} declines. */
  public static Optional<List<TensorData>> fold(Node node) {
    return attempt(node).values();
  }

  /**
   * The results of a node whose inputs are all constant, empty or absent, or whose results are
   * empty; declined when there is no kernel, when the node has bodies, or when the constants would
   * bloat the model, as a large Expand does. Quantised constants stay quantised: that they are is
   * the point of them.
   */
  public static Outcome attempt(Node node) {
    Optional<List<TensorData>> empty = Empty.results(node);
    if (empty.isPresent()) {
      return new Outcome.Computed(empty.get());
    }
    if (node.is("onnx.DequantizeLinear")) {
      return new Outcome.Declined("quantised constants stay quantised");
    }
    if (!Evaluator.supports(node.op()) || !node.bodies().isEmpty()) {
      return new Outcome.Declined("there is no kernel for " + node.op());
    }
    List<TensorData> inputs = new ArrayList<>();
    double bytes = FREE_BYTES;
    for (Value v : node.inputs()) {
      Optional<TensorData> constant = v.constant().or(() -> Empty.of(v));
      if (v.isPresent() && constant.isEmpty()) {
        return new Outcome.Declined("an input is not constant");
      }
      inputs.add(constant.orElse(null));
      bytes += constant.map(t -> GROWTH * size(t)).orElse(0.0);
    }
    Outcome outcome = Evaluator.run(node, inputs);
    if (outcome instanceof Outcome.Computed c) {
      double made = c.results().stream().mapToDouble(Folding::size).sum();
      if (made > bytes || made > Integer.MAX_VALUE) {
        String text = String.format(Locale.ROOT, "%.0f", made);
        return new Outcome.Declined("the constants would take " + text + " bytes");
      }
    }
    return outcome;
  }

  /** Bytes, as a double because a lazy tensor may claim more than 64 bits can count. */
  private static double size(TensorData t) {
    double size = t.dtype().bytes();
    for (long d : t.shape()) {
      size *= d;
    }
    return size;
  }
}
