// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.passes.infer.OpenDims;

/**
 * Names for the dims of inputs that TensorFlow leaves open. Each has its own: whether first dims
 * are one batch is found later, by MergeBatches.
 */
final class InputSymbols {
  private final Set<String> taken = new LinkedHashSet<>();

  /** {@code batch} for the first open first dim, else {@code input_d1}. */
  Shape name(String input, Shape shape) {
    if (!shape.isRanked()) {
      return shape;
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      dims.add(shape.dim(i).isUnknown() ? symbol(input, i) : shape.dim(i));
    }
    return Shape.of(dims);
  }

  private Dim symbol(String input, int axis) {
    if (axis == 0 && taken.add(OpenDims.BATCH)) {
      return Dim.symbol(OpenDims.BATCH);
    }
    String base = OpenDims.of(input, axis);
    String name = base;
    for (int i = 2; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return Dim.symbol(name);
  }
}
