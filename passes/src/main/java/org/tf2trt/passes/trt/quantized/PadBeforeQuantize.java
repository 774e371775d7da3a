// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.facts.QuantizedConstants;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * A convolution that pads with zeros pads with {@code -c} behind a shift by {@code c}. With the
 * padding in front of the quantisation, the shift goes into the bias, and the convolution reads
 * what was dequantised.
 */
public final class PadBeforeQuantize implements Rule {
  @Override
  public String algebra() {
    return "Conv(DQ(Q(x)) + c, W, pads) -> Conv(DQ(Q(Pad(x, pads, -c))) + c, W), W quantised";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Conv");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Optional<Node> shift = Producers.of(node.input(0), node, "onnx.Add");
    Optional<Node> dequantize =
        shift.flatMap(s -> Producers.of(s.input(0), node, "onnx.DequantizeLinear"));
    Optional<Node> quantize =
        dequantize.flatMap(d -> Producers.of(d.input(0), node, "onnx.QuantizeLinear"));
    if (quantize.isEmpty()
        || dequantize.get().result().dtype() != DType.F32
        || !QuantizedConstants.isPerTensor(quantize.get())
        || QuantizedConstants.producer(node.input(1)).isEmpty()) {
      return Outcome.decline(
          "it does not multiply a shifted quantised value by quantised constants");
    }
    OptionalDouble c = Constants.uniform(shift.get().input(1));
    long[] pads = node.intsAttr("pads");
    if (c.isEmpty() || !shift.get().input(1).shape().hasRank(0)) {
      return Outcome.decline("the shift is not one number");
    }
    if (!node.stringAttr("auto_pad", "NOTSET").equals("NOTSET")
        || Arrays.stream(pads).allMatch(p -> p == 0)
        || Arrays.stream(pads).anyMatch(p -> p < 0)) {
      return Outcome.decline("it does not pad");
    }
    OnnxBuilder b = context.build(shift.get(), dequantize.get(), quantize.get());
    Value x = quantize.get().input(0);
    Value border = b.scalar(DType.F32, -c.getAsDouble());
    Value padded = b.op("Pad", x, b.ints(both(pads)), border);
    Value q =
        b.op(
            "QuantizeLinear",
            quantize.get().attrs(),
            ShiftBeforeClamp.withFirst(quantize.get(), padded));
    Value y =
        b.op(
            "DequantizeLinear",
            dequantize.get().attrs(),
            ShiftBeforeClamp.withFirst(dequantize.get(), q));
    Map<String, Attr> attrs = new LinkedHashMap<>(node.attrs());
    attrs.remove("pads");
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, b.add(y, shift.get().input(1)));
    return Outcome.replace(b.ops("Conv", 1, attrs, inputs, List.of()).get(0));
  }

  /** Pads of the spatial axes as those of all axes. */
  private static long[] both(long[] pads) {
    int spatial = pads.length / 2;
    long[] all = new long[2 * (spatial + 2)];
    System.arraycopy(pads, 0, all, 2, spatial);
    System.arraycopy(pads, spatial, all, spatial + 4, spatial);
    return all;
  }
}
