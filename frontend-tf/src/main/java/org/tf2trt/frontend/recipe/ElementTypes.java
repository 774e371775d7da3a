// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;

/** Element types of a step's inputs: ONNX promotes nothing, so all of one variable are the same. */
final class ElementTypes {
  private ElementTypes() {}

  static void check(OpSchema schema, List<Value> inputs) {
    Map<String, DType> bound = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Formal formal = schema.inputs().get(Math.min(i, schema.inputs().size() - 1));
      if (!inputs.get(i).isPresent()) {
        continue;
      }
      DType dtype = inputs.get(i).dtype();
      Set<DType> allowed = schema.types(formal);
      if (!allowed.isEmpty() && !allowed.contains(dtype)) {
        throw error(
            "input '%s' is %s, which it does not take".formatted(formal.name(), dtype.text()));
      }
      boolean free = formal.isVariadic() && !formal.homogeneous();
      DType other = free ? null : bound.putIfAbsent(formal.type(), dtype);
      if (other != null && other != dtype) {
        throw error(
            "input '%s' is %s where another is %s"
                .formatted(formal.name(), dtype.text(), other.text()));
      }
    }
  }

  private static DiagnosticException error(String message) {
    return DiagnosticException.of(
        Code.BAD_RECIPE, "", message, "convert one with CastLike(value, like)");
  }
}
