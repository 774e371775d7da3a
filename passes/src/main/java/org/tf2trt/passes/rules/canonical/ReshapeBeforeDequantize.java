// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** Quantised weights are put in order while they are quantised, so that nothing moves later. */
public final class ReshapeBeforeDequantize implements Rule {
  @Override
  public String algebra() {
    return "Transpose(DequantizeLinear(c, s, axis)) -> DequantizeLinear(Transpose(c), s, axis'); so Reshape, Squeeze and Unsqueeze";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Transpose", "onnx.Reshape", "onnx.Squeeze", "onnx.Unsqueeze");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> found = Producers.of(node.input(0), node, "onnx.DequantizeLinear");
    Optional<TensorData> data = found.flatMap(n -> n.input(0).constant());
    if (data.isEmpty() || !node.result().shape().isStatic()) {
      return Outcome.decline("it does not move a quantised constant");
    }
    Node dequantize = found.get();
    if (!dequantize.input(1).shape().isRanked() || dequantize.intAttr("block_size", 0) != 0) {
      return Outcome.decline("the constant is quantised in blocks");
    }
    Map<String, Attr> attrs = new LinkedHashMap<>(dequantize.attrs());
    Optional<TensorData> moved = moved(node, data.get());
    if (moved.isEmpty()) {
      return Outcome.decline("the permutation is not given");
    }
    if (!dequantize.input(1).shape().hasRank(0)) {
      OptionalInt axis = axis(node, dequantize, data.get().shape());
      if (axis.isEmpty()) {
        return Outcome.decline("the axis of the scales is merged or split");
      }
      attrs.put("axis", Attr.of(axis.getAsInt()));
    }
    OnnxBuilder b = context.build(dequantize);
    Value[] inputs = dequantize.inputs().toArray(new Value[0]);
    inputs[0] = b.constant(moved.get());
    return Outcome.replace(b.op("DequantizeLinear", attrs, inputs));
  }

  private static Optional<TensorData> moved(Node node, TensorData data) {
    return node.is("onnx.Transpose")
        ? Perms.of(node).map(data::permute)
        : Optional.of(data.reshape(node.result().shape().sizes()));
  }

  /** Where the axis goes: behind a reshape, one of its extent with as much before it. */
  private static OptionalInt axis(Node node, Node dequantize, long[] from) {
    int axis = (int) dequantize.intAttr("axis", 1);
    axis = axis < 0 ? axis + from.length : axis;
    long[] to = node.result().shape().sizes();
    if (node.is("onnx.Transpose")) {
      int[] perm = Perms.of(node).orElseThrow();
      for (int i = 0; i < perm.length; i++) {
        if (perm[i] == axis) {
          return OptionalInt.of(i);
        }
      }
    }
    long before = Arrays.stream(from, 0, axis).reduce(1, (a, b) -> a * b);
    long product = 1;
    for (int i = 0; i < to.length; i++) {
      if (product == before && to[i] == from[axis]) {
        return OptionalInt.of(i);
      }
      product *= to[i];
    }
    return OptionalInt.empty();
  }
}
