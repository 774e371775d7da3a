// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * The place of the largest along the first of five axes or more: TensorRT 10.6 does not find the
 * extents of that, and does along any other axis.
 */
public final class ArgOfFirstAxis implements Rule {
  private static final int TAKEN = 4;

  @Override
  public String algebra() {
    return "ArgMax<0>(x: rank 5) -> ArgMax<-1>(Transpose<1, 2, 3, 4, 0>(x)), of ArgMin as well";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.ArgMax", "onnx.ArgMin");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (!x.shape().isRanked() || x.shape().rank() <= TAKEN) {
      return Outcome.decline("it has four axes or fewer");
    }
    int rank = x.shape().rank();
    long axis = node.intAttr("axis", 0);
    if (axis != 0 && axis != -rank) {
      return Outcome.decline("it is along another axis than the first");
    }
    OnnxBuilder b = context.build();
    int[] last = IntStream.range(0, rank).map(i -> (i + 1) % rank).toArray();
    Map<String, Attr> attrs = new HashMap<>(node.attrs());
    attrs.put("axis", Attr.of(-1));
    attrs.put("keepdims", Attr.of(0));
    String op = node.op().substring("onnx.".length());
    Value place = b.op(op, attrs, b.transpose(x, last));
    return Outcome.replace(node.intAttr("keepdims", 1) == 0 ? place : b.unsqueeze(place, 0));
  }
}
