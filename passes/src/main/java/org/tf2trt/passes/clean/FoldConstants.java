// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Folding;

/**
 * Replaces nodes whose inputs are constants, or whose results have no elements, by constants, in
 * definition order, so that one walk folds whole chains. Large results stay lazy: nothing is
 * computed here.
 */
public final class FoldConstants implements Pass {
  @Override
  public String summary() {
    return "evaluate nodes whose inputs are constants";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    for (Node node : graph.nodes()) {
      if (node.isErased()) {
        continue;
      }
      Optional<List<TensorData>> folded = Folding.fold(node);
      if (folded.isPresent()) {
        replace(node, folded.get());
        context.count(name());
      } else {
        node.bodies().forEach(b -> run(b, context));
      }
    }
  }

  private static void replace(Node node, List<TensorData> folded) {
    for (int i = 0; i < folded.size(); i++) {
      if (!node.result(i).isUnused()) {
        node.result(i).replaceAllUsesWith(new Value.Constant(folded.get(i), node.provenance()));
      }
    }
    node.erase();
  }
}
