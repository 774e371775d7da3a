// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.imports.Defs.call;
import static org.tf2trt.frontend.imports.Defs.node;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.read.Fixtures;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostics;

class NamesTest {
  private static Defs nested() {
    return new Defs()
        .input("x", 2)
        .input("y", 2)
        .function("in", "a", "r=neg:y:0", node("neg", "Neg a"))
        .function(
            "out",
            "a b",
            "r=sum:z:0",
            call("in/ner", "in", "PartitionedCall a"),
            node("abs", "Abs in/ner:output:0"),
            node("sum", "AddV2 abs:y:0 b"))
        .add(call("outer", "out", "PartitionedCall x y"));
  }

  @Test
  void cutsInsideFunctionsAreNamedByTheCallPath() {
    assertEquals(
        """
        graph @g(%"outer/in/ner/neg:0": f32[*], %y: f32[2]) {
          %0: f32[*] = tf.Abs(%"outer/in/ner/neg:0") @"outer/abs"
          %1: f32[*] = tf.AddV2(%0, %y) @"outer/sum"
          return outer = %1, "outer/abs" = %0
        }
        """,
        nested().inputs("outer/in/ner/neg:0", "y").text("outer", "outer/abs"));
  }

  @Test
  void aCallMeansWhatItReturns() {
    assertEquals(
        """
        graph @g(%outer: f32[*]) {
          return "outer/sum" = %outer
        }
        """,
        nested().inputs("outer").text("outer/sum"));
  }

  @Test
  void whatLiesBehindACutIsNotNeeded() {
    assertEquals(
        """
        graph @g(%n: f32[*]) {
          %0: f32[*] = tf.Relu(%n) @"m"
          return m = %0
        }
        """,
        new Defs().add(node("n", "NoSuchOp gone"), node("m", "Relu n:0")).inputs("n").text("m"));
  }

  @Test
  void unknownNamesSuggest() {
    String text = fails(nested(), "OUT");
    assertTrue(text.contains("'OUT': the graph has no such tensor; perhaps [outer]"), text);
    assertTrue(fails(nested(), "outer/gone").contains("no such tensor"));
    assertTrue(fails(nested(), "zzz").contains("tf2trt inspect"));
    assertTrue(fails(nested().inputs("zzz"), "outer").contains("'zzz'"));
  }

  @Test
  void aPlaceholderThatIsNotAmongTheInputs() {
    String text = fails(nested().inputs("x"), "outer");
    assertTrue(text.contains("'y' (Placeholder): the outputs need this placeholder"), text);
  }

  @Test
  void namesGivenTwice() {
    assertTrue(fails(nested().inputs("x", "y", "x"), "outer").contains("named twice"));
    assertTrue(fails(nested().inputs("x", "y", "x:0"), "outer").contains("named twice"));
    assertTrue(
        Fixtures.fails(Code.UNKNOWN_NAME, () -> nested().load("outer", "outer"))
            .text()
            .contains("named twice"));
  }

  /** As TensorFlow does, which feeds the keys one after the other. */
  @Test
  void ofTwoKeysForOneTensorTheLastIsFed() {
    Diagnostics warnings = new Diagnostics();
    Graph g =
        new Defs().input("x", 2).add(node("y", "Neg x")).keys("a=x", "b=x:0").load(warnings, "y");
    assertEquals(List.of("a", "b"), g.params().stream().map(Value.Param::name).toList());
    assertEquals("b", ((Value.Param) g.first().input(0)).name());
    assertTrue(
        warnings.all().get(0).text().startsWith("warning[TF006] 'a'"),
        warnings.all().get(0).text());
  }

  private static String fails(Defs defs, String output) {
    return Fixtures.fails(Code.UNKNOWN_NAME, () -> defs.load(output)).text();
  }

  @Test
  void openDimsGetNames() {
    Defs defs =
        new Defs().input("x", -1, -1, 3).input("1/y-z", -1, -1).add(node("s", "AddV2 x 1/y-z"));
    assertEquals("[%x: f32[batch,x_d1,3], %\"1/y-z\": f32[_1_y_z_d0,_1_y_z_d1]]", params(defs));
  }

  private static String params(Defs defs) {
    String text = defs.text("s");
    return "[" + text.substring(text.indexOf('(') + 1, text.indexOf(") {")) + "]";
  }
}
