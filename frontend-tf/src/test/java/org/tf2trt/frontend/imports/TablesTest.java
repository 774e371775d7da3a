// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class TablesTest {
  private static final AttrValue INT = Defs.type(DataType.DT_INT32);
  private static final AttrValue FLOAT = Defs.type(DataType.DT_FLOAT);

  private static Defs table(DataType values) {
    return new Defs()
        .input("x")
        .constant("k", 4)
        .constant("v", 2.5f)
        .add(
            node("t", "HashTableV2", Map.of("key_dtype", INT, "value_dtype", Defs.type(values))),
            node("q", "Cast x", Map.of("SrcT", FLOAT, "DstT", INT)),
            node("y", "LookupTableFindV2 t q x", Map.of("Tin", INT, "Tout", FLOAT)));
  }

  private static NodeDef fill(String name, String inputs) {
    return node(name, "LookupTableImportV2 " + inputs, Map.of("Tin", INT, "Tout", FLOAT));
  }

  private static void known(Defs defs) {
    String text = defs.text("y");
    assertTrue(text.contains("tf.LookupTableFindV2(i32[]{4}, f32[]{2.5}, %0, %x)"), text);
  }

  private static void unknown(Defs defs) {
    String text = defs.text("y");
    assertTrue(text.contains("tf.LookupTableFindV2(%0, %1, %x)"), text);
    assertTrue(text.contains("tf.HashTableV2()"), text);
  }

  @Test
  void keysAndValuesStandForTheTable() {
    known(table(DataType.DT_FLOAT).add(fill("init", "t k v")));
  }

  @Test
  void anInitialiserMayBeInACalledFunction() {
    known(
        table(DataType.DT_FLOAT)
            .function("f", "t k v", "k=k", fill("init", "t k v"))
            .add(Defs.call("c", "f", "StatefulPartitionedCall t k v")));
  }

  @Test
  void aTableThatNothingFillsStaysWhatItIs() {
    unknown(table(DataType.DT_FLOAT));
  }

  @Test
  void aTableThatIsFilledTwiceStaysWhatItIs() {
    unknown(table(DataType.DT_FLOAT).add(fill("one", "t k v"), fill("two", "t k x")));
  }

  @Test
  void aTableThatChangesStaysWhatItIs() {
    NodeDef insert = node("more", "LookupTableInsertV2 t k x", Map.of("Tin", INT, "Tout", FLOAT));
    unknown(table(DataType.DT_FLOAT).add(fill("init", "t k v"), insert));
  }

  @Test
  void aTableOfStringsStaysWhatItIs() {
    unknown(table(DataType.DT_STRING).add(fill("init", "t k v")));
  }
}
