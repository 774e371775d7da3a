// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.facts.QuantizedConstants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A positive factor per output channel, such as that of a batch normalisation, goes into the scales
 * of quantised weights, which stay the integers that they are.
 */
public final class FoldScaleIntoQuantizedConv implements Rule {
  @Override
  public String algebra() {
    return "Mul(Conv(x, DequantizeLinear(q, s), b), f) -> Conv(x, DequantizeLinear(q, s * f), b * f), f > 0; so Div";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Mul", "onnx.Div");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> conv = Producers.sole(node.input(0), node, "onnx.Conv");
    Optional<Node> found = conv.flatMap(c -> QuantizedConstants.producer(c.input(1)));
    Optional<ConvWeights> weights = conv.flatMap(ConvWeights::kept);
    if (found.isEmpty() || weights.isEmpty()) {
      return Outcome.decline("it does not scale a convolution by quantised constants");
    }
    Optional<TensorData> factor = weights.get().perOutput(node.input(1));
    if (factor.isEmpty() || !isPositive(factor.get())) {
      return Outcome.decline("the factor is not a positive constant per channel");
    }
    Node dequantize = found.get();
    boolean perTensor = QuantizedConstants.isPerTensor(dequantize);
    if (!perTensor && dequantize.intAttr("axis", 1) != 0) {
      return Outcome.decline("the scales are not those of output channels");
    }
    String op = node.op().substring("onnx.".length());
    // A factor in front, for Constants.compute keeps the shape that both broadcast to.
    Optional<TensorData> scales =
        dequantize.input(1).constant().flatMap(s -> scaled(op, s, factor.get()));
    Optional<TensorData> bias =
        weights.get().bias().flatMap(b -> Constants.compute(op, b, factor.get()));
    if (scales.isEmpty() || bias.isPresent() != weights.get().bias().isPresent()) {
      return Outcome.decline("the scales cannot be scaled");
    }
    OnnxBuilder b = context.build(List.of(conv.get(), dequantize));
    Value w = dequantized(b, dequantize, scales.get());
    List<Value> inputs = new ArrayList<>(List.of(conv.get().input(0), w));
    bias.ifPresent(t -> inputs.add(b.constant(t)));
    return Outcome.replace(b.ops("Conv", 1, conv.get().attrs(), inputs, List.of()).get(0));
  }

  private static boolean isPositive(TensorData factor) {
    return Arrays.stream(factor.doubles()).allMatch(f -> f > 0 && Double.isFinite(f));
  }

  /** One scale for each channel; none may vanish. */
  private static Optional<TensorData> scaled(String op, TensorData scale, TensorData factor) {
    return Constants.compute(op, scale, factor).filter(FoldScaleIntoQuantizedConv::isPositive);
  }

  private static Value dequantized(OnnxBuilder b, Node dequantize, TensorData scales) {
    Map<String, Attr> attrs = new LinkedHashMap<>(dequantize.attrs());
    attrs.put("axis", Attr.of(0));
    List<Value> inputs = new ArrayList<>(dequantize.inputs());
    inputs.set(1, b.constant(scales));
    if (inputs.size() > 2 && inputs.get(2).isPresent()) {
      TensorData zero = inputs.get(2).constant().orElseThrow();
      long[] zeros = new long[(int) scales.elements()];
      long[] given = zero.longs();
      Arrays.setAll(zeros, i -> given[given.length == 1 ? 0 : i]);
      Value all = b.constant(TensorData.ofLongs(new long[] {zeros.length}, zeros));
      inputs.set(2, b.cast(all, zero.dtype()));
    }
    return b.ops("DequantizeLinear", 1, attrs, inputs, List.of()).get(0);
  }
}
