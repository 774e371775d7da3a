// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT splits by constant sizes only; slices take computed bounds. */
public final class RuntimeSplit implements Rule {
  @Override
  public String algebra() {
    return "Split(x, computed sizes) -> Slice(x, sum of the sizes before, + size), ...";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Split");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.optionalInput(1).isEmpty() || node.input(1).constant().isPresent()) {
      return Outcome.decline("its sizes are constant");
    }
    OnnxBuilder b = context.build();
    Value axis = b.ints(node.intAttr("axis", 0));
    Value[] parts = new Value[node.results().size()];
    Value start = b.ints(0);
    for (int i = 0; i < parts.length; i++) {
      long[] at = {i};
      Value size = b.slice(node.input(1), at, new long[] {i + 1}, new long[] {0}, new long[] {1});
      Value end = b.add(start, size);
      parts[i] = b.op("Slice", node.input(0), start, end, axis);
      start = end;
    }
    return Outcome.replace(parts);
  }
}
