// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tf2trt.ir.diag.DiagnosticException;

/** Functions over rows as loops. */
class MapImportTest {
  @Test
  void aFunctionOverRowsIsALoopThatFillsAList() {
    String text = map("rows", "a c", node("add", "Add a c")).text("m");
    assertEquals(
        """
        graph @g(%x: f32[4,2], %w: f32[2]) {
          %0: i32[*] = tf.Shape(%x) {out_type=i32} @"m"
          %1: i32[*] = tf.GatherV2(%0, i32[]{0}, i32[]{0}) {Taxis=i32, Tindices=i32, Tparams=i32, batch_dims=0} @"m"
          %2: variant[*] = tf.TensorListReserve(i64[1]{2}, %1) {element_dtype=f32} @"m"
          %3: variant[*], %4: i32[*] = tf.While(%2, i32[]{0}) body @"m/condition"(%5 "list_0": variant[*], %6 "row": i32[]) {
            %7: bool[*] = tf.Less(%6, %1) {T=i32} @"m"
            return output_0 = %7
          } body @rows(%8 "list_0": variant[*], %9 "row": i32[]) {
            %10: f32[*] = tf.GatherV2(%x, %9, i32[]{0}) {Taxis=i32, Tindices=i32, Tparams=f32, batch_dims=0} @"m"
            %11: f32[*] = tf.Add(%10, %w) @"m/add"
            %12: variant[*] = tf.TensorListSetItem(%8, %9, %11) {element_dtype=f32} @"m"
            %13: i32[*] = tf.AddV2(%9, i32[]{1}) {T=i32} @"m"
            return output_0 = %12, output_1 = %13
          } @"m"
          %14: f32[*] = tf.TensorListStack(%3, i64[1]{2}) {element_dtype=f32, num_elements=-1} @"m"
          return m = %14
        }
        """,
        text);
  }

  @Test
  void refusesAFunctionThatDoesNotFit() {
    Defs defs = map("rows", "a", node("add", "Neg a"));
    String text =
        assertThrows(DiagnosticException.class, () -> defs.load("m")).diagnostics().get(0).text();
    assertTrue(text.contains("the function does not fit the node"), text);
  }

  /** A map over the rows of x, with w as it is. */
  private static Defs map(String name, String arguments, org.tensorflow.proto.NodeDef body) {
    AttrValue shapes =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addShape(Defs.shape(2).getShape()))
            .build();
    Map<String, AttrValue> attrs =
        Map.of(
            "f", Defs.function(name),
            "Targuments", Defs.types(1),
            "Tcaptured", Defs.types(1),
            "output_types", Defs.types(1),
            "output_shapes", shapes);
    return new Defs()
        .input("x", 4, 2)
        .input("w", 2)
        .add(node("m", "MapDefun x w", attrs))
        .function(name, arguments, "r=add:z:0", body);
  }
}
