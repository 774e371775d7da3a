// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.trt.rules.Trips;

/**
 * Gives loops whose body reads the iteration's number a trip count. TensorRT's parser takes one
 * from 2^31-1 on for none, and then knows no such number (the Loop importer of
 * onnxOpImporters.cpp).
 */
final class LimitLoops implements Pass {
  @Override
  public String summary() {
    return "bound loops that count their iterations";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    for (Node n = graph.first(); n != null; n = n.next()) {
      if (n.is("onnx.Loop")
          && Trips.isUnbounded(n)
          && !n.bodies().get(0).params().get(0).isUnused()) {
        n.setInput(
            0, new Value.Constant(TensorData.ofLongs(new long[0], Trips.MOST), n.provenance()));
        context.count("limit-loops");
      }
      n.bodies().forEach(b -> run(b, context));
    }
  }
}
