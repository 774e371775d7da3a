// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT resizes floats only, which do not hold all integers. Choosing the nearest elements along
 * an axis is a Gather, by what the same resize makes of their indices.
 */
public final class IntegerResize implements Rule {
  @Override
  public String algebra() {
    return "Resize<nearest>(x: int, sizes) -> Gather(x, Cast<i64>(Resize([0, 1, ...]))), per axis";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Resize");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    Value x = node.input(0);
    if (!x.dtype().isInteger()) {
      return Outcome.decline("it is not of integers");
    }
    Optional<Value> sizes = node.optionalInput(3);
    if (!node.stringAttr("mode", "nearest").equals("nearest") || sizes.isEmpty()) {
      return Outcome.decline("it interpolates, or has no sizes");
    }
    Shape in = x.shape();
    Shape out = node.result().shape();
    if (!in.isRanked() || !out.isRanked() || node.attrs().containsKey("axes")) {
      return Outcome.decline("a rank is not known, or it has axes");
    }
    OnnxBuilder b = context.build();
    Map<String, Attr> attrs = new TreeMap<>(node.attrs());
    Value result = x;
    for (int axis = 0; axis < in.rank(); axis++) {
      if (in.dim(axis).isUnknown() || !in.dim(axis).equals(out.dim(axis))) {
        result = gather(b, result, axis, sizes.get(), attrs);
      }
    }
    return Outcome.replace(result);
  }

  private static Value gather(
      OnnxBuilder b, Value x, int axis, Value sizes, Map<String, Attr> attrs) {
    Value places = b.reshape(b.cast(Iota.of(b, x, axis), DType.F32), 1, 1, 1, -1);
    Value wanted =
        b.slice(sizes, new long[] {axis}, new long[] {axis + 1}, new long[] {0}, new long[] {1});
    Value size = b.concat(0, b.ints(1, 1, 1), b.cast(wanted, DType.I64));
    Value nearest = b.op("Resize", attrs, places, OnnxBuilder.absent(), OnnxBuilder.absent(), size);
    Map<String, Attr> along = new LinkedHashMap<>();
    along.put("axis", Attr.of(axis));
    return b.op("Gather", along, x, b.reshape(b.cast(nearest, DType.I64), -1));
  }
}
