// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** Values of Constant steps. */
final class Constants {
  private Constants() {}

  static TensorData of(Step s, Map<String, Attr> attrs) {
    if (attrs.size() != 1) {
      throw s.at().error("Constant takes one attribute, such as value or value_float");
    }
    Attr value = attrs.values().iterator().next();
    if (value instanceof Attr.Tensor t) {
      return t.value();
    }
    if (value instanceof Attr.Real r) {
      return TensorData.scalar(DType.F32, r.value());
    }
    if (value instanceof Attr.Int i) {
      return TensorData.ofLongs(new long[0], i.value());
    }
    if (value instanceof Attr.Ints ints) {
      // An empty list of floats is one of integers to the IR.
      return attrs.containsKey("value_floats")
          ? floats(List.of())
          : TensorData.vector(ints.toArray());
    }
    if (value instanceof Attr.Reals reals) {
      return floats(reals.values());
    }
    throw s.at().error("Constant of " + value.text() + ": expected numbers");
  }

  private static TensorData floats(List<Double> values) {
    var bytes = Elements.allocate(DType.F32, values.size());
    for (int i = 0; i < values.size(); i++) {
      Elements.putDouble(DType.F32, bytes, i, values.get(i));
    }
    return TensorData.of(DType.F32, new long[] {values.size()}, bytes);
  }
}
