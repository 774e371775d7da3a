// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Reversal;

/** Lengths of sequences, one for each sample, that are all the whole extent of an axis. */
final class WholeLengths {
  private WholeLengths() {}

  /** Whether each of {@code lengths}, of which there may be any number, is {@code extent}. */
  static boolean are(Value lengths, Dim extent, OnnxBuilder build) {
    if (extent.isUnknown()) {
      return false;
    }
    Value v = Reversal.uncast(lengths);
    if (v.constant().isPresent()) {
      return isEach(v.constant().get().longs(), extent);
    }
    Optional<Node> filled = v.producer("onnx.ConstantOfShape");
    if (filled.isPresent()) {
      return filled.get().attrs().get("value") instanceof Attr.Tensor t
          && isEach(t.value().longs(), extent);
    }
    return v.producer("onnx.Expand")
        .flatMap(n -> build.values(n.input(0)))
        .filter(dims -> dims.stream().allMatch(extent::equals))
        .isPresent();
  }

  private static boolean isEach(long[] values, Dim extent) {
    return Arrays.stream(values).allMatch(n -> extent.is(n));
  }
}
