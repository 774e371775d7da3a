// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.facts.Constants;

/**
 * Gives loops whose body reads the iteration's number a trip count. TensorRT's parser takes one
 * from 2^31-1 on for none, and then knows no such number (the Loop importer of
 * onnxOpImporters.cpp).
 */
final class LimitLoops implements Pass {
  private static final long MOST = Integer.MAX_VALUE - 1L;

  @Override
  public String summary() {
    return "bound loops that count their iterations";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      if (n.is("onnx.Loop") && isUnbounded(n) && !n.bodies().get(0).params().get(0).isUnused()) {
        n.setInput(0, new Value.Constant(TensorData.ofLongs(new long[0], MOST), n.provenance()));
        context.count("limit-loops");
      }
      n.bodies().forEach(b -> run(b, context));
    }
  }

  /** No trip count, or one that means none. */
  static boolean isUnbounded(Node loop) {
    return loop.optionalInput(0).isEmpty()
        || Constants.longs(loop.input(0)).filter(c -> c.length == 1 && c[0] > MOST).isPresent();
  }
}
