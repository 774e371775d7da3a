// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT always sorts; where the order does not matter, sorted is as good. */
public final class SortTopK implements Rule {
  @Override
  public String algebra() {
    return "TopK<sorted=0>(x, k) -> TopK<sorted=1>(x, k)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.TopK");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.intAttr("sorted", 1) == 1) {
      return Outcome.decline("it sorts");
    }
    Map<String, Attr> attrs = new LinkedHashMap<>(node.attrs());
    attrs.remove("sorted");
    List<Value> sorted = context.build().ops("TopK", 2, attrs, node.inputs(), List.of());
    return Outcome.replace(sorted.toArray(Value[]::new));
  }
}
