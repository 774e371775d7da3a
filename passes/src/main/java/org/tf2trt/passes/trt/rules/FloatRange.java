// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT counts in integers; its parsers fail on floats that are computed. The count is that of
 * the specification, {@code max(ceil((limit - start) / delta), 0)}, and may come from integers; one
 * that comes from an input of floats is reported.
 */
public final class FloatRange implements Rule {
  @Override
  public String algebra() {
    return "Range(a: float, b, d) -> a + d * Cast(Range(0, Ceil((b - a) / d), 1))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Range");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    DType type = node.result().dtype();
    if (!type.isFloat()) {
      return Outcome.decline("it is of integers");
    }
    OnnxBuilder b = context.build();
    Value start = b.cast(node.input(0), DType.F32);
    Value limit = b.cast(node.input(1), DType.F32);
    Value delta = b.cast(node.input(2), DType.F32);
    Value count = b.cast(b.op("Ceil", b.div(b.sub(limit, start), delta)), DType.I64);
    Value steps = Iota.upTo(b, b.op("Max", count, b.scalar(DType.I64, 0)));
    Value values = b.add(start, b.mul(delta, b.cast(steps, DType.F32)));
    return Outcome.replace(b.cast(values, type));
  }
}
