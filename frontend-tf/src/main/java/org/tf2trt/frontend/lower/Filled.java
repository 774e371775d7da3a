// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** Tensors of one repeated element. */
final class Filled {
  /** What ConstantOfShape makes. */
  static final Set<DType> TYPES = types();

  /** What Expand repeats. */
  static final Set<DType> BROADCAST = broadcast();

  private Filled() {}

  /** {@code element}, a scalar, repeated to an i64 shape vector. */
  static Value of(OnnxBuilder build, TensorData element, Value shape) {
    return build.op("ConstantOfShape", Map.of("value", new Attr.Tensor(element.reshape(1))), shape);
  }

  /** {@code element}, a scalar, repeated to an i64 shape vector. */
  static Value of(OnnxBuilder build, Value element, Value shape) {
    return element.constant().isPresent()
        ? of(build, element.constant().get(), shape)
        : build.op("Expand", element, shape);
  }

  /** The type to repeat elements of {@code type} in: bfloat16 has no kernels. */
  static DType repeatable(DType type) {
    return type == DType.BF16 ? DType.F32 : type;
  }

  private static Set<DType> broadcast() {
    EnumSet<DType> types = EnumSet.copyOf(TYPES);
    types.remove(DType.BF16);
    return Collections.unmodifiableSet(types);
  }

  private static Set<DType> types() {
    EnumSet<DType> types = EnumSet.of(DType.BOOL);
    for (DType t : DType.values()) {
      if (t.isFloat() || t.isInteger()) {
        types.add(t);
      }
    }
    return Collections.unmodifiableSet(types);
  }
}
