// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT has no Range of 16-bit floats. */
public final class FloatRange implements Rule {
  @Override
  public String algebra() {
    return "Range(a: f16, b, c) -> Cast<f16>(Range<f32>(a, b, c))";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Range");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    DType type = node.result().dtype();
    if (type != DType.F16 && type != DType.BF16) {
      return Outcome.decline("it is not of 16-bit floats");
    }
    OnnxBuilder b = context.build();
    Value[] wide = node.inputs().stream().map(v -> b.cast(v, DType.F32)).toArray(Value[]::new);
    return Outcome.replace(b.cast(b.op("Range", wide), type));
  }
}
