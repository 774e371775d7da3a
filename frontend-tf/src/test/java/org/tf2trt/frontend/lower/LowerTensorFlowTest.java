// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;

class LowerTensorFlowTest {
  @Test
  void loweredNodesKeepTheirOrigin() {
    Graph g =
        parse(
            """
            %0: f32[*] = tf.Relu(%x) {T=f32} @"call/relu"
            return y = %0
            """);
    lower(g);
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Relu(%x) @"call/relu"
          return y = %0
        }
        """,
        Printer.printWithProvenance(g));
  }

  @Test
  void allUnsupportedOpsAreReportedAtOnceByOp() {
    List<Diagnostic> found =
        fails(
            """
            %0: f32[*] = tf.Wobble(%x) @"w1"
            %1: f32[*] = tf.Relu(%0) {T=f32} @"depends"
            %2: f32[*] = tf.Wobble(%1) @"behind"
            %3: f32[*] = tf.Wobble(%x) @"w2"
            %4: f32[*] = tf.Absurd(%x) @"a"
            return y = %2, z = %3, a = %4
            """);
    assertEquals(
        List.of(
            "error[TF012] Absurd: 1 node of this op has no lowering: 'a'",
            "error[TF012] Wobble: 3 nodes of this op have no lowering: 'w1', 'behind', 'w2'"),
        found.stream().map(LowerTensorFlowTest::withoutNextStep).toList());
  }

  @Test
  void longListsAreCut() {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      nodes.append("%" + i + ": f32[*] = tf.Wobble(%x) @\"w" + i + "\"\n");
    }
    String text =
        fails(nodes + "return a = %0, b = %1, c = %2, d = %3, e = %4, f = %5, g = %6, h = %7")
            .get(0)
            .text();
    assertTrue(text.contains("8 nodes of this op"), text);
    assertTrue(text.contains("'w0', 'w1', 'w2', 'w3', 'w4' and 3 more"), text);
  }

  @Test
  void opsOfTheHostSayWhereToCut() {
    Diagnostic d = fails("%0: string[*] = tf.StringLower(%x) @\"pre/lower\" return y = %0").get(0);
    assertEquals(Code.HOST_ONLY, d.code());
    assertTrue(d.text().contains("1 node of this op runs on the host only: 'pre/lower'"), d.text());
    assertTrue(d.nextStep().startsWith("nothing is left for a device"), d.text());
  }

  /** A lowering that refuses is reported together with ops that have none. */
  @Test
  void formsAndOpsInOneReport() {
    List<Diagnostic> found =
        fails(
            """
            %0: f32[*] = tf.Wobble(%x) @"w"
            %1: f32[*] = tf.EnsureShape(%x) {T=f32, shape=shape[3]} @"e"
            %2: f32[*] = tf.Relu(%1) {T=f32} @"r"
            return y = %0, z = %2
            """);
    assertEquals(
        List.of(Code.UNSUPPORTED_FORM, Code.UNSUPPORTED_OP),
        found.stream().map(Diagnostic::code).toList());
    assertTrue(found.get(0).text().contains("'e' (EnsureShape)"), found.get(0).text());
  }

  /** TensorFlow refuses such nodes when it loads or runs a graph; all of them are reported. */
  @Test
  void nodesThatMakeNoSenseAreMalformed() {
    List<Diagnostic> found =
        fails(
            """
            %0: f32[*] = tf.ExpandDims(%x, i32[0]{}) @"axis"
            %1: bool[*] = tf.Neg(%x) {T=f32} @"type"
            return y = %0, z = %1
            """);
    assertEquals(
        List.of(Code.MALFORMED_GRAPH, Code.MALFORMED_GRAPH),
        found.stream().map(Diagnostic::code).toList());
    assertTrue(found.get(0).text().contains("'axis' (ExpandDims)"), found.get(0).text());
    assertTrue(
        found.get(1).text().contains("output 0 is f32[2], not bool[*]"), found.get(1).text());
  }

  /** Dead nodes of ops without a lowering do not matter. */
  @Test
  void whatNothingReadsIsDropped() {
    Graph g =
        parse(
            """
            %0: f32[*] = tf.Wobble(%x) @"w"
            %1: f32[*] = tf.Neg(%x) {T=f32} @"n"
            return y = %1
            """);
    lower(g);
    assertEquals(1, g.size());
  }

  private static String withoutNextStep(Diagnostic d) {
    return d.text().substring(0, d.text().indexOf(';'));
  }

  private static List<Diagnostic> fails(String body) {
    Graph g = parse(body);
    return assertThrows(DiagnosticException.class, () -> lower(g)).diagnostics();
  }

  private static Graph parse(String body) {
    return Parser.parse("graph @g(%x: f32[2]) {\n" + body + "}");
  }

  private static void lower(Graph g) {
    new PassRunner()
        .run(
            g,
            List.of(new LowerTensorFlow(Lowerings.builtIn())),
            new PassContext(17, new Diagnostics()));
  }
}
