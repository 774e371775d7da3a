// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.call;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.Fixtures;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostics;

class VariableStatesTest {
  private static final Map<String, AttrValue> FLOAT = Map.of("dtype", Defs.type(DataType.DT_FLOAT));
  private static final Map<String, AttrValue> SCALAR =
      Map.of("dtype", Defs.type(DataType.DT_FLOAT), "shape", Defs.shape());

  private static Defs resource() {
    return new Defs().stateful().input("x").inputs("x").add(node("v", "VarHandleOp", SCALAR));
  }

  private static Defs reference() {
    return new Defs().stateful().input("x").inputs("x").add(node("v", "VariableV2", SCALAR));
  }

  private static NodeDef read(String name, String inputs) {
    return node(name, "ReadVariableOp " + inputs, FLOAT);
  }

  private static NodeDef assign(String name, String inputs) {
    return node(name, "AssignVariableOp " + inputs, FLOAT);
  }

  private static NodeDef add(String name, String inputs) {
    return node(name, "AssignAddVariableOp " + inputs, FLOAT);
  }

  private static void gives(Defs defs, String expected, String... outputs) {
    assertEquals(expected.strip(), defs.text(outputs).strip());
  }

  private static void refuses(Defs defs, String message, String... outputs) {
    String text =
        Fixtures.fails(Code.UNSUPPORTED_FORM, () -> defs.imported(new Diagnostics(), outputs))
            .text();
    assertTrue(text.contains(message), text);
  }

  @Test
  void aReadSeesTheWriteBeforeIt() {
    gives(
        resource()
            .add(read("old", "v"), add("a", "v x ^old"), read("new", "v ^a"))
            .add(add("b", "v x ^new"), read("last", "v ^b")),
        """
        graph @g(%x: f32[], %v: f32[]) {
          %0: f32[*] = tf.ReadVariableOp(%v) {dtype=f32} @"old"
          %1: f32[*] = tf.AddV2(%v, %x) @"a"
          %2: f32[*] = tf.ReadVariableOp(%1) {dtype=f32} @"new"
          %3: f32[*] = tf.AddV2(%1, %x) @"b"
          %4: f32[*] = tf.ReadVariableOp(%3) {dtype=f32} @"last"
          return old = %0, new = %2, last = %4, v_next = %3
        }
        """,
        "old",
        "new",
        "last");
  }

  @Test
  void statesAreListedWithTheirSavedValues() {
    Imported imported =
        resource()
            .add(read("r", "v"), add("a", "v r"), node("y", "Neg r ^a"))
            .imported(new Diagnostics(), "y");
    StateVariable state = imported.state().get(0);
    assertEquals("v", state.variable());
    assertEquals(Optional.of("v"), state.input());
    assertEquals("v_next", state.output());
    assertEquals(7, state.initial().orElseThrow().doubles()[0]);
  }

  @Test
  void aVariableThatIsOnlyWrittenIsNoInput() {
    Imported imported =
        resource().add(assign("a", "v x"), node("y", "Neg x ^a")).imported(new Diagnostics(), "y");
    assertEquals(1, imported.graph().params().size());
    assertEquals(List.of("y", "v_next"), imported.graph().outputNames());
    assertEquals(Optional.empty(), imported.state().get(0).input());
  }

  @Test
  void writesThatTheOutputsDoNotAskForDoNotRun() {
    Imported imported =
        resource().add(read("r", "v"), assign("a", "v x ^r")).imported(new Diagnostics(), "r");
    assertEquals(List.of(), imported.state());
    assertEquals(1, imported.graph().params().size());
  }

  @Test
  void aFunctionRunsAllItsWrites() {
    gives(
        resource()
            .function("f", "v x", "r=read:value:0", read("read", "v"), add("a", "v x ^read"))
            .function("g", "v x", "r=c:output:0", call("c", "f", "StatefulPartitionedCall v x"))
            .add(call("one", "g", "StatefulPartitionedCall v x"))
            .add(call("two", "g", "StatefulPartitionedCall v x ^one")),
        """
        graph @g(%x: f32[], %v: f32[]) {
          %0: f32[*] = tf.AddV2(%v, %x) @"one/c/a"
          %1: f32[*] = tf.ReadVariableOp(%0) {dtype=f32} @"two/c/read"
          %2: f32[*] = tf.AddV2(%0, %x) @"two/c/a"
          return two = %1, v_next = %2
        }
        """,
        "two");
  }

  @Test
  void handlesOfOneNameAreOneVariable() {
    Map<String, AttrValue> shared =
        Map.of(
            "dtype",
            Defs.type(DataType.DT_FLOAT),
            "shape",
            Defs.shape(),
            "shared_name",
            AttrValue.newBuilder().setS(com.google.protobuf.ByteString.copyFromUtf8("v")).build());
    Defs defs =
        resource().add(node("w", "VarHandleOp", shared)).add(add("a", "w x"), read("r", "v ^a"));
    assertTrue(defs.text("r").contains("return r = %1, v_next = %0"), defs.text("r"));
  }

  @Test
  void anUnorderedReadIsRefused() {
    refuses(
        resource().add(add("a", "v x"), read("r", "v"), node("y", "AddV2 x r ^a")),
        "'r': nothing says whether it runs before or after 'a'",
        "y");
  }

  @Test
  void unorderedWritesAreRefused() {
    refuses(
        resource().add(add("a", "v x"), add("b", "v x"), node("y", "Neg x ^a ^b")),
        "nothing says whether",
        "y");
  }

  @Test
  void aWriteInABranchIsRefused() {
    refuses(
        resource()
            .function("f", "v x", "r=n:y:0", assign("a", "v x"), node("n", "Neg x"))
            .function("g", "v x", "r=n:y:0", node("n", "Neg x"))
            .add(node("p", "IsNan x"))
            .add(
                node(
                    "y",
                    "If p v x",
                    Map.of("then_branch", Defs.function("f"), "else_branch", Defs.function("g")))),
        "changes a variable in a branch or a loop",
        "y");
  }

  @Test
  void aReadInABranchSeesTheWriteBeforeIt() {
    String text =
        resource()
            .function("f", "v", "r=b:value:0", read("b", "v"))
            .function("g", "v", "r=n:y:0", read("b", "v"), node("n", "Neg b:value:0"))
            .add(node("p", "IsNan x"), add("a", "v x"))
            .add(
                node(
                    "y",
                    "If p v ^a",
                    Map.of(
                        "then_branch",
                        Defs.function("f"),
                        "else_branch",
                        Defs.function("g"),
                        "Tout",
                        Defs.types(1))))
            .text("y");
    assertEquals(2, text.split("tf.ReadVariableOp\\(%[0-9]", -1).length - 1, text);
  }

  @Test
  void theOutputOfAnAssignIsItsValue() {
    gives(
        reference().add(node("a", "AssignAdd v x"), node("b", "AssignSub a x")),
        """
        graph @g(%x: f32[], %v: f32[]) {
          %0: f32[*] = tf.AddV2(%v, %x) @"a"
          %1: f32[*] = tf.Sub(%0, %x) @"b"
          return b = %1, v_next = %1
        }
        """,
        "b");
  }

  @Test
  void aFetchedVariableThatIsWrittenTooIsRefused() {
    refuses(reference().add(node("a", "AssignAdd v x")), "'v': nothing says whether", "v", "a");
  }

  @Test
  void aWriteInABranchOfTensorFlow1IsRefused() {
    refuses(
        reference()
            .add(node("p", "IsNan x"), node("s", "Switch x p"))
            .add(node("a", "AssignAdd v s:1"), node("y", "Neg a")),
        "changes a variable in a branch or a loop",
        "y");
  }

  @Test
  void aVariableThatEntersABranchOfTensorFlow1IsRefused() {
    refuses(
        reference()
            .add(node("a", "AssignAdd v x"), node("p", "IsNan x"))
            .add(node("s", "RefSwitch v p ^a"), node("y", "Neg s:1")),
        "'s' (RefSwitch): passes a variable that the graph changes",
        "y");
  }

  @Test
  void rowsAreScattered() {
    String text =
        reference()
            .constant("i", 2)
            .add(node("u", "ScatterUpdate v i x", Map.of("Tindices", Defs.type(DataType.DT_INT32))))
            .text("u");
    assertTrue(text.contains("tf.TensorScatterUpdate(%v, %2, %3)"), text);
  }
}
