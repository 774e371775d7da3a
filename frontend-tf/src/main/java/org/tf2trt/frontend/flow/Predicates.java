// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * What TensorFlow takes for true: a number that is not 0, a tensor that has elements (also {@code
 * [false]}).
 */
final class Predicates {
  private Predicates() {}

  /** The predicate as a bool scalar. */
  static Value truth(TfNode node, OnnxBuilder build, Value v) {
    if (v.dtype() == DType.STRING || v.dtype() == DType.VARIANT || v.dtype() == DType.RESOURCE) {
      throw node.refuse(
          "the predicate is " + v.type() + ", which cannot be tested at run time",
          "make it a bool in the model");
    }
    if (!v.shape().isRanked() || v.shape().rank() == 0) {
      return v.dtype() == DType.BOOL
          ? v
          : build.op("Not", build.op("Equal", v, build.scalarLike(v, 0)));
    }
    Value size = build.op("Size", v);
    return build.op("Greater", size, build.scalar(DType.I64, 0));
  }
}
