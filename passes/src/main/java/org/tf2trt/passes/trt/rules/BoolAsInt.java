// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** TensorRT pads, scatters and reduces numbers only. */
public final class BoolAsInt implements Rule {
  @Override
  public String algebra() {
    return "Op(x: bool) -> Cast<bool>(Op(Cast<i32>(x))), for Pad, ScatterND, ...";
  }

  @Override
  public Set<String> roots() {
    return Set.of(
        "onnx.Pad",
        "onnx.ScatterND",
        "onnx.ScatterElements",
        "onnx.ReduceMax",
        "onnx.ReduceMin",
        "onnx.Max",
        "onnx.Min",
        "onnx.DepthToSpace",
        "onnx.SpaceToDepth",
        "onnx.Resize");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.input(0).dtype() != DType.BOOL) {
      return Outcome.decline("it is not of bool");
    }
    OnnxBuilder b = context.build();
    DType wide = node.is("onnx.Resize") ? DType.F32 : DType.I32;
    List<Value> inputs = new ArrayList<>();
    for (Value v : node.inputs()) {
      inputs.add(v.isPresent() && v.dtype() == DType.BOOL ? b.cast(v, wide) : v);
    }
    String op = node.op().substring("onnx.".length());
    Value wider = b.ops(op, 1, node.attrs(), inputs, List.of()).get(0);
    return Outcome.replace(b.cast(wider, DType.BOOL));
  }
}
