// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Some of TensorRT's layers want two dimensions. */
public final class RaiseVector implements Rule {
  @Override
  public String algebra() {
    return "Softmax(x: [n]) -> Squeeze(Softmax(Unsqueeze(x))), also ArgMax, ArgMin, LogSoftmax";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Softmax", "onnx.LogSoftmax", "onnx.Hardmax", "onnx.ArgMax", "onnx.ArgMin");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (!x.shape().hasRank(1)) {
      return Outcome.decline("it is not of a vector");
    }
    OnnxBuilder b = context.build();
    Map<String, Attr> attrs = new LinkedHashMap<>(node.attrs());
    attrs.put("axis", Attr.of(1L));
    String op = node.op().substring("onnx.".length());
    return Outcome.replace(b.squeeze(b.op(op, attrs, b.unsqueeze(x, 0)), 0));
  }
}
