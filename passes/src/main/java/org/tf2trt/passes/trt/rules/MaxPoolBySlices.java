// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.Arrays;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT's pooling gives no indices and knows no dilations. The padded input is sliced once for
 * each place of the window, and a later place wins only if it is greater.
 */
public final class MaxPoolBySlices implements Rule {
  private static final int MAX_WINDOW = 64;

  @Override
  public String algebra() {
    return "MaxPool(x) with Indices or dilations -> Max and Where over slices of Pad(x)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.MaxPool");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    boolean indices = node.results().size() > 1 && !node.result(1).isUnused();
    boolean dilated = Arrays.stream(node.intsAttr("dilations")).anyMatch(d -> d != 1);
    if (!indices && !dilated) {
      return Outcome.decline("it has no indices and no dilations");
    }
    PoolPlaces places = PoolPlaces.of(node).orElse(null);
    if (places == null || places.count() > MAX_WINDOW) {
      return Outcome.decline("its extents are not known or its window is large");
    }
    if (node.intAttr("storage_order", 0) != 0 || !node.input(0).dtype().isFloat()) {
      return Outcome.decline("its indices are column-major or it is not of floats");
    }
    OnnxBuilder b = context.build();
    Value x = places.pad(b, node.input(0));
    Value best = null;
    Value at = null;
    for (int i = 0; i < places.count(); i++) {
      Value v = places.slice(b, x, i);
      if (best == null) {
        best = v;
        at = indices ? b.constant(places.positions(i)) : null;
      } else {
        if (indices) {
          Value position = b.constant(places.positions(i));
          at = b.where(b.op("Greater", v, best), position, at);
        }
        best = b.op("Max", best, v);
      }
    }
    return indices
        ? Outcome.replace(best, b.add(at, planes(b, node.input(0), places)))
        : Outcome.replace(
            node.results().size() > 1 ? new Value[] {best, best} : new Value[] {best});
  }

  /** Where each image and channel begins in the flattened tensor: {@code [n,c,1,...]}. */
  private static Value planes(OnnxBuilder b, Value x, PoolPlaces places) {
    Shape shape = x.shape();
    long plane = places.plane();
    Value channels = b.dim(x, 1);
    Value image = b.mul(b.unsqueeze(Iota.of(b, x, 0), 1), channels);
    Value each = b.add(image, b.unsqueeze(Iota.of(b, x, 1), 0));
    long[] ones = new long[shape.rank() - 2];
    Arrays.setAll(ones, i -> i + 2);
    return b.mul(b.unsqueeze(each, ones), b.constant(TensorData.ofLongs(new long[0], plane)));
  }
}
