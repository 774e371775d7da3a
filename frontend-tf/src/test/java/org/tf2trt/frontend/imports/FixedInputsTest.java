// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;

/** Inputs that become constants. */
class FixedInputsTest {
  private static final String GRAPH =
      """
      graph @g(%x: f32[batch,3], %s: f32[*], %n: i64[2], %on: bool[], %w: f32[batch]) {
        %0: f32[*] = tf.Mul(%x, %s)
        %1: f32[*] = tf.Reshape(%0, %n)
        %2: f32[batch,1] = tf.ExpandDims(%w, i32[]{1})
        return y = %1, f = %on, z = %2
      }
      """;

  private static Graph fixed(String input, String text) {
    Graph graph = Parser.parse(GRAPH);
    var values = FixedInputs.fix(graph, Map.of(input, text), Set.of());
    assertEquals(Set.of(input), values.keySet());
    assertEquals(Verifier.verify(graph).toString(), "[]");
    assertTrue(graph.params().stream().noneMatch(p -> p.name().equals(input)));
    return graph;
  }

  @Test
  void oneElementIsAScalarWhereTheRankIsOpen() {
    String text = Printer.print(fixed("s", "0.5"));
    assertTrue(text.contains("tf.Mul(%x, f32[]{0.5})"), text);
    text = Printer.print(fixed("s", "1, -2,inf"));
    assertTrue(text.contains("tf.Mul(%x, f32[3]{1.0, -2.0, inf})"), text);
  }

  @Test
  void oneElementFillsAKnownShape() {
    String text = Printer.print(fixed("n", "3"));
    assertTrue(text.contains("i64[2]{3, 3}"), text);
    text = Printer.print(fixed("on", "true"));
    assertTrue(text.contains("f = bool[]{true}"), text);
  }

  /** The symbol stands for the same extent elsewhere. */
  @Test
  void aListSettlesAnOpenDim() {
    String text = Printer.print(fixed("w", "1,2,3,4"));
    assertTrue(text.contains("%x: f32[4,3]"), text);
    assertTrue(text.contains("%2: f32[4,1] = tf.ExpandDims(f32[4]{1.0, 2.0, 3.0, 4.0}"), text);
  }

  @Test
  void valuesThatDoNotFitAreRefused() {
    assertEquals(Code.BAD_DATA, refusal("n", "1,2,3", Set.of()).code());
    assertEquals(Code.BAD_DATA, refusal("n", "1.5", Set.of()).code());
    assertEquals(Code.BAD_DATA, refusal("on", "1", Set.of()).code());
    Diagnostic d = refusal("x", "1,2,3,4", Set.of());
    assertEquals("input 'x'", d.subject());
    assertTrue(d.text().contains("4 elements do not make up its shape"), d.text());
    assertTrue(d.text().contains("it takes f32[batch,3]; write --value x="), d.text());
  }

  @Test
  void namesThatAreNoInputsAreRefused() {
    Diagnostic d = refusal("nothing", "1", Set.of());
    assertEquals(Code.UNKNOWN_NAME, d.code());
    assertTrue(d.text().contains("the inputs are x: f32[batch,3], s: f32[*]"), d.text());
    assertEquals(Code.UNKNOWN_NAME, refusal("s", "1", Set.of("s")).code());
  }

  private static Diagnostic refusal(String input, String text, Set<String> state) {
    return assertThrows(
            DiagnosticException.class,
            () -> FixedInputs.fix(Parser.parse(GRAPH), Map.of(input, text), state))
        .diagnostics()
        .get(0);
  }

  @Test
  void strings() {
    Graph graph = Parser.parse("graph @g(%s: string[2]) { return y = %s }");
    FixedInputs.fix(graph, Map.of("s", "a,b c"), Set.of());
    assertTrue(Printer.print(graph).contains("string[2]{\"a\", \"b c\"}"), Printer.print(graph));
  }
}
