// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.call;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.Fixtures;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostics;

class VariablesTest {
  private static final Map<String, AttrValue> FLOAT = Map.of("dtype", Defs.type(DataType.DT_FLOAT));

  private static Defs variables() {
    return new Defs()
        .input("x")
        .add(
            node(
                "v",
                "VarHandleOp",
                Map.of("dtype", Defs.type(DataType.DT_FLOAT), "shape", Defs.shape())),
            node(
                "w",
                "VarHandleOp",
                Map.of("dtype", Defs.type(DataType.DT_FLOAT), "shape", Defs.shape())));
  }

  private static NodeDef read(String name, String inputs) {
    return node(name, "ReadVariableOp " + inputs, FLOAT);
  }

  private static NodeDef assign(String name, String inputs) {
    return node(name, "AssignVariableOp " + inputs, FLOAT);
  }

  @Test
  void aReadGivesTheSavedValue() {
    String text =
        variables().add(read("r", "v"), node("s", "AddV2 x r"), assign("a", "v s")).text("s");
    assertTrue(text.contains("tf.ReadVariableOp(f32[]{7.0})"), text);
  }

  @Test
  void aWriteOfAnotherVariableDoesNotMatter() {
    variables().add(assign("a", "w x"), read("r", "v ^a")).load("r");
  }

  @Test
  void aWriteAfterTheReadDoesNotMatter() {
    variables().add(read("r", "v"), assign("a", "v x ^r")).load("r");
  }

  @Test
  void aFunctionThatWritesBehindItsReadKeepsState() {
    Diagnostics warnings = new Diagnostics();
    Defs defs =
        variables()
            .function("f", "v x", "r=read:value:0", read("read", "v"), assign("a", "v x ^read"))
            .function("g", "v x", "r=c:output:0", call("c", "f", "StatefulPartitionedCall v x"))
            .add(call("r", "g", "StatefulPartitionedCall v x"));
    defs.load(warnings, "r");
    assertEquals(1, warnings.all().size());
    String text = warnings.all().get(0).text();
    assertTrue(text.startsWith("warning[TF013] 'v'"), text);
    assertTrue(text.contains("every call as the first"), text);
  }

  @Test
  void aFunctionThatOnlyReadsKeepsNone() {
    Diagnostics warnings = new Diagnostics();
    variables()
        .function("f", "v x", "r=read:value:0", read("read", "v"))
        .add(call("r", "f", "StatefulPartitionedCall v x"), assign("a", "v x ^r"))
        .load(warnings, "r");
    assertEquals(0, warnings.all().size());
  }

  @Test
  void aReadBehindAWriteIsRefused() {
    refused(variables().add(assign("a", "v x"), read("r", "v ^a")), "'r' (ReadVariableOp)");
    refused(
        variables()
            .add(assign("a", "v x"), node("group", "NoOp ^a"), node("n", "Neg x ^group"))
            .add(read("r", "v ^n")),
        "('a')");
  }

  @Test
  void aWriteInACalledFunctionCounts() {
    refused(
        variables()
            .function("f", "v x", "r=n:y:0", assign("a", "v x"), node("n", "Neg x"))
            .function("g", "v x", "r=c:output:0", call("c", "f", "PartitionedCall v x"))
            .add(call("c", "g", "StatefulPartitionedCall v x"), read("r", "v ^c")),
        "('a')");
  }

  @Test
  void aWriteBeforeTheCallThatReadsCounts() {
    refused(
        variables()
            .function("f", "v", "r=read:value:0", read("read", "v"))
            .add(assign("a", "v x"), call("r", "f", "StatefulPartitionedCall v ^a")),
        "'r/read' (ReadVariableOp)");
  }

  @Test
  void aCallThatOnlyReadsDoesNotMatter() {
    String text =
        variables()
            .function("f", "v x", "r=s:z:0", read("b", "v"), node("s", "AddV2 x b:value:0"))
            .add(call("c", "f", "StatefulPartitionedCall v x"), read("r", "v ^c"))
            .add(node("s", "AddV2 r c"))
            .text("s");
    assertEquals(2, text.split("ReadVariableOp").length - 1);
  }

  private static void refused(Defs defs, String message) {
    String text = Fixtures.fails(Code.UNSUPPORTED_FORM, () -> defs.load("r")).text();
    assertTrue(text.contains(message), text);
    assertTrue(text.contains("the graph changes this variable while it runs"), text);
    assertTrue(text.contains("an input and an output of the model: --variables io"), text);
  }
}
