// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** What is wrong in a recipe is said with its line and column. */
class RecipeErrorsTest {
  private static List<String> errors(String text) {
    return assertThrows(DiagnosticException.class, () -> Recipes.parse("r.txt", text))
        .diagnostics()
        .stream()
        .map(Diagnostic::text)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F (x) => (y) { y = Abs (z) }|1:25: 'z' is not defined before; define it in a line above",
        "F (x) => (y) { }|1:11: 'y' is not defined before; define it in a line above",
        "F (x) => (x) { x = Abs (x) }|1:16: 'x' is defined twice; give each value a name of its"
            + " own",
        "F (x) => (y) { y = Abz (x) }|1:20: 'Abz' is neither a standard op nor a recipe; a recipe"
            + " for it may come from a further --recipe",
        "F (x) => (y) { y = my.Abs (x) }|1:20: 'my.Abs' is neither a standard op nor a recipe; a"
            + " recipe for it may come from a further --recipe",
        "F (x) => (y) { y = Abs (x, x) }|1:20: Abs has 2 inputs, expected 1",
        "F (x) => (y) { y, z = Abs (x) }|1:23: Abs has 2 results, expected 1",
        "F (x) => (y) { y = Softmax <axes = 1> (x) }|1:36: Softmax has no attribute 'axes' at opset"
            + " 21",
        "F (x) => (y) { y = ReduceSum <axes = [1]> (x) }|1:38: ReduceSum has no attribute 'axes' at"
            + " opset 21; it is an input now; or say which opset the recipe is written in, as"
            + " <opset_import: [\"\" : 17]>",
        "F (x) => (y) { y = Softmax <axis = 1.5> (x) }|1:36: attribute 'axis' of Softmax is 1.5,"
            + " expected int",
        "F (x) => (y) { y = Softmax <axis = @dim> (x) }|1:36: the recipe has no attribute 'dim';"
            + " declare it: F <dim> (...)",
        "F (x) => (y) { y = Cast (x) }|1:20: Cast needs attribute 'to'",
        "F (x) => (y) { y = Upsample (x, x) }|1:20: Upsample was withdrawn from ONNX",
        "F (x) => (y) { y = If (x) }|1:20: If needs attribute 'else_branch'",
        "F (x) => (y) { y = If <then_branch = t () => (z) { z = Abs (x) }, else_branch = e () =>"
            + " (z) { z = Abz (x) }> (x) }|1:99: 'Abz' is neither a standard op nor a recipe; a"
            + " recipe for it may come from a further --recipe",
        "F (x) => (y) { y = If <then_branch = t () => (z) { z = Abs (x) }, else_branch = e () =>"
            + " (w) { w = Abs (z) }> (x) }|1:104: 'z' is not defined before; define it in a line"
            + " above",
        "F (x) => (y) { y = If <then_branch = t () => (x) { x = Abs (x) }, else_branch = e () =>"
            + " (w) { w = Abs (x) }> (x) }|1:52: 'x' is defined twice; give each value a name of"
            + " its own",
        "F (x) => (y) { y = If <then_branch = t (i) => (z) { z = Abs (x) }, else_branch = e () =>"
            + " (w) { w = Abs (x) }> (x) }|1:38: graph 't' has 1 inputs, If needs 0 here",
        "F (x) => (y) { y = If <then_branch = t () => (z, x) { z = Abs (x) }, else_branch = e () =>"
            + " (w) { w = Abs (x) }> (x) }|1:38: graph 't' has 2 outputs, If needs 1 here",
        "F (x) => (y) { y = If <then_branch = 1, else_branch = e () => (w) { w = Abs (x) }> (x)"
            + " }|1:38: attribute 'then_branch' of If is no graph, expected graph",
        "F (x) => (y) { y = Softmax <axis = g () => (z) { z = Abs (x) }> (x) }|1:36: attribute"
            + " 'axis' of Softmax is a graph, expected int",
        "F (x) => (y) { y = Loop <body = b (i, c) => (d, s) { d = Identity (c) s = Abs (x) }> (x, ,"
            + " x) }|1:33: graph 'b' has 2 inputs, Loop needs 3 here",
        "F (x) => (y) { y = Loop <body = b (i, c, u, v) => (c, u) { }> (x, , x, x) }|1:20: Loop has"
            + " 1 results, but carries 2 values; take each of them, as \"\" where it is not needed",
        "F (x) => (y) { y = Scan <body = b (u, v) => (u) { }, num_scan_inputs = 0> (x, x) }|1:20:"
            + " Scan has 1 results, but carries 2 values; take each of them, as \"\" where it is"
            + " not needed",
        "F (x) => (y) { y = Loop <body = b (i, c) => (c, y) { y = F (x) }> (x, \"\") }|1:58:"
            + " recipes use each other in a circle: F -> F",
        "F (x) => (y) { y = Loop <body = b (i, c) => (c, z) { z = Softmax <axis = @k> (x) }> (x,"
            + " \"\") }|1:74: the recipe has no attribute 'k'; declare it: F <k> (...)",
        "F (x) => (y) { y = Abs <a = yes> (x) }|1:29: 'yes' is no value; a graph, as If, Loop and"
            + " Scan have them, goes on as a function does: yes (x) => (y) {...}",
        "F (x) => (y) { y = SequenceMap <body = b (v) => (v) { }> (x) }|1:20: recipes cannot use"
            + " SequenceMap; give the op a lowering in Java instead",
        "F <a: int = 1.5> (x) => (y) { y = Abs (x) }|1:11: the value is 1.5, expected int",
        "F <a: number> (x) => (y) { y = Abs (x) }|1:7: there is no attribute kind 'number'; write"
            + " float, ints, ...",
        "F <a, a> (x) => (y) { y = Abs (x) }|1:7: attribute 'a' is declared twice",
        "F (x) => () { y = Abs (x) }|1:1: a recipe has at least one output",
        "F (x) => (y) { y = F (x) }|1:20: recipes use each other in a circle: F -> F",
        "<opset_import: [\"\" : 7]> F (x) => (y) { y = Abs (x) }|1:22: opset '7', expected 13 to"
            + " 21; write the recipe in the forms of one of these",
        "<opset_import: [\"\" : 17]> F (x) => (y) { y = Gelu (x) }|1:46: Gelu exists from opset 20"
            + " on, the recipe is for 17; change its opset_import",
        "F (x) => (y) { y = Abs (x)|1:27: expected a name or '=', found the end of the file;"
            + " docs/custom-ops.md describes the syntax",
        "F (x) -> (y)|1:7: unexpected character '-'; docs/custom-ops.md describes the syntax",
        "F (x) => (y) { y = Constant <value = float[2] {1}> () }|1:47: expected 2 elements, found"
            + " 1",
        "F (x) => (y) { y = Constant <value = int8[1] {300}> () }|1:46: bad tensor: 300 does not"
            + " fit i8",
        "check G (float x = {1}) => (float y = {1})|1:7: there is no recipe for 'G'",
      })
  void oneErrorWithItsPlace(String text, String expected) {
    assertEquals(List.of("error[TF070] r.txt:" + expected), errors(text));
  }

  @Test
  void nestingEnds() {
    String open = "y = If <then_branch = g () => (y) { ";
    assertEquals(
        List.of("error[TF070] r.txt:1:1190: graphs are nested more than 32 deep"),
        errors("F (x) => (y) { " + open.repeat(100_000)));
    assertEquals(
        List.of(
            "error[TF070] r.txt:1:30: a list holds no lists; docs/custom-ops.md describes the"
                + " syntax"),
        errors("F (x) => (y) { y = Abs <a = [" + "[".repeat(100_000)));
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() {
    assertEquals(
        List.of(
            "error[TF070] r.txt:2:12: 'b' is not defined before; define it in a line above",
            "error[TF070] r.txt:3:7: Abs has 2 inputs, expected 1"),
        errors("F (x) => (y) {\n  a = Abs (b)\n  y = Abs (x, a)\n}"));
  }

  @Test
  void circlesThroughSeveralRecipesAreNamed() {
    assertEquals(
        List.of("error[TF070] r.txt:2:20: recipes use each other in a circle: A -> B -> A"),
        errors("A (x) => (y) { y = B (x) }\nB (x) => (y) { y = A (x) }"));
  }

  @Test
  void anOpHasOneRecipe() {
    assertEquals(
        List.of("error[TF070] r.txt:2:1: there is a recipe for 'A' already, at r.txt:1:1"),
        errors("A (x) => (y) { y = Abs (x) }\nA (x) => (y) { y = Neg (x) }"));
  }

  @Test
  void callsOfRecipesAreChecked() {
    assertEquals(
        List.of(
            "error[TF070] r.txt:2:20: A is given 2 inputs, takes 1",
            "error[TF070] r.txt:2:27: A has no attribute 'b'",
            "error[TF070] r.txt:2:20: A needs attribute 'a'"),
        errors("A <a> (x) => (y) { y = Abs (x) }\nB (x) => (y) { y = A <b = 1> (x, x) }"));
    assertEquals(
        List.of("error[TF070] r.txt:2:27: attribute 'a' is a graph, which no recipe takes"),
        errors(
            "A <a> (x) => (y) { y = Abs (x) }\nB (x) => (y) { y = A <a = g () => (z) { z = Abs (x)"
                + " }> (x) }"));
  }

  @Test
  void checksNameTheInputsAndOutputs() {
    assertEquals(
        List.of("error[TF070] r.txt:2:7: the check names inputs [z], expected [x]"),
        errors("A (x) => (y) { y = Abs (x) }\ncheck A (float z = {1}) => (float y = {1})"));
  }

  @Test
  void aFileThatIsMissing() {
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class, () -> Recipes.read(List.of(Path.of("missing.txt"))));
    assertEquals("error[TF070] missing.txt: cannot be read; check the path", e.getMessage());
  }
}
