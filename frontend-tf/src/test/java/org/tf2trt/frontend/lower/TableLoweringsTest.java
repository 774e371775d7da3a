// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.refusal;

import org.junit.jupiter.api.Test;

/** Lookups in tables of numbers. */
class TableLoweringsTest {
  private static String find(String keys, String asked) {
    return eval(
        "f32",
        "tf.LookupTableFindV2(i64[3]{%s}, f32[3]{0.5, 1.5, 2.5}, ?i64[4]{%s}, ?f32[]{-1.0})"
            .formatted(keys, asked));
  }

  @Test
  void keysInARowAreAnIndex() {
    assertEquals("f32[4]{-1.0, 0.5, 2.5, -1.0}", find("-1, 0, 1", "-2, -1, 1, 2"));
  }

  @Test
  void keysInAnyOrder() {
    assertEquals("f32[4]{1.5, 2.5, 0.5, -1.0}", find("7, 5, 6", "5, 6, 7, 8"));
  }

  @Test
  void gapsGiveTheDefault() {
    assertEquals("f32[4]{-1.0, 2.5, -1.0, 1.5}", find("1, 9, 5", "4, 5, 6, 9"));
  }

  @Test
  void keysFarApartAreCompared() {
    assertEquals(
        "f32[4]{0.5, -1.0, 2.5, 1.5}",
        find(
            "4611686018427387904, 3, -4611686018427387904",
            "4611686018427387904, 4, -4611686018427387904, 3"));
  }

  @Test
  void keysThatAreNotKnownAreCompared() {
    assertEquals(
        "i64[2]{6, 0}",
        eval(
            "i64", "tf.LookupTableFindV2(?i64[2]{1, 2}, ?i64[2]{5, 6}, ?i64[2]{2, 3}, ?i64[]{0})"));
  }

  @Test
  void sizeAndContents() {
    assertEquals("i64[]{2}", eval("i64", "tf.LookupTableSizeV2(?i64[2]{1, 2}, ?i64[2]{5, 6})"));
    assertEquals(
        "i64[2]{1, 2} i64[2]{5, 6}",
        eval("i64 i64", "tf.LookupTableExportV2(?i64[2]{1, 2}, ?i64[2]{5, 6})"));
  }

  @Test
  void aTableWithoutContentsIsRefused() {
    String text = refusal("i64", "tf.LookupTableFindV2(?i64[]{1}, ?i64[]{1}, ?i64[]{2})");
    assertTrue(text.contains("the contents of the table are not in the graph"), text);
  }
}
