// SPDX-License-Identifier: Apache-2.0
package org.example;

import org.tf2trt.frontend.lower.LoweringProvider;
import org.tf2trt.frontend.lower.LoweringTable;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** {@code my_custom_op(x, scale; alpha) = sign(x) * max(|x| - alpha, 0) * scale}. */
public final class MyOps implements LoweringProvider {
  @Override
  public void addTo(LoweringTable table) {
    table.one("my_custom_op", MyOps::lower);
  }

  private static Value lower(TfNode node, OnnxBuilder build) {
    double alpha = node.has("alpha") ? node.number("alpha") : 0.5;
    if (alpha < 0) {
      throw node.refuse("alpha is " + alpha + ", expected 0 or more", "export the model again");
    }
    Value x = node.input(0);
    Value scale = node.input(1);
    if (alpha == 0) {
      return build.mul(x, scale); // a recipe could not tell this case from the others
    }
    // An image comes as TensorFlow lays it out, so that scale is for the last axis.
    Value above = build.sub(build.op("Abs", x), build.scalarLike(x, alpha));
    Value shrunk = build.mul(build.op("Sign", x), build.op("Relu", above));
    return build.mul(shrunk, scale);
  }
}
