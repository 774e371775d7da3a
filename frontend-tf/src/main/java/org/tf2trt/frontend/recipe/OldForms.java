// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;

/** Ops in the forms of opsets 13 to 20 in those of opset 21, which the IR has. */
final class OldForms {
  /** Ops whose older form another step of a recipe would have to make up for. */
  private static final Set<String> OTHER =
      Set.of("RoiAlign", "GridSample", "DFT", "GroupNormalization");

  private OldForms() {}

  /** Whether the form of {@code opset} cannot be taken and has to be rewritten by hand. */
  static boolean refuses(String op, int opset) {
    return OTHER.contains(op) && since(op, opset) != since(op, SchemaCheck.OPSET);
  }

  private static int since(String op, int opset) {
    return Schemas.onnx(op, opset).map(OpSchema::sinceVersion).orElse(0);
  }

  /**
   * The attributes of the new form. What became an input is added to {@code inputs}.
   *
   * @param constant makes an input of integers
   */
  static Map<String, Attr> upgrade(
      String op,
      int opset,
      Map<String, Attr> attrs,
      List<Value> inputs,
      int results,
      Function<long[], Value> constant) {
    Map<String, Attr> now = new LinkedHashMap<>(attrs);
    if (opset < 18 && op.startsWith("Reduce") && now.remove("axes") instanceof Attr.Ints axes) {
      if (!axes.values().isEmpty()) {
        inputs.add(constant.apply(axes.toArray()));
      }
    }
    if (opset < 18 && op.equals("Split") && inputs.size() == 1) {
      now.put("num_outputs", Attr.of(results));
    }
    return now;
  }
}
