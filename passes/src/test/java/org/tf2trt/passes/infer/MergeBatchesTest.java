// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;

/** Which first dims of inputs are one batch. */
class MergeBatchesTest {
  private static final String INPUTS = "%a: f32[batch,4], %b: f32[b_d0,4], %c: f32[c_d0,4]";

  /** The types of the inputs, then of the outputs. */
  private static String merged(String inputs, String nodes, String outputs) {
    Graph g = Parser.parse("graph @g(" + inputs + ") { " + nodes + " return " + outputs + " }");
    new MergeBatches().run(g, new PassContext(17, new Diagnostics()));
    return g.params().stream().map(p -> p.shape().toString()).collect(Collectors.joining(" "))
        + " -> "
        + g.outputs().stream().map(v -> v.shape().toString()).collect(Collectors.joining(" "));
  }

  private static void check(String expected, String nodes) {
    assertEquals(expected, merged(INPUTS, nodes, "y = %y, z = %c"), nodes);
  }

  @Test
  void rowsThatMeetAreOneBatch() {
    String expected = "[batch,4] [batch,4] [c_d0,4] -> ";
    check(expected + "[batch,4] [c_d0,4]", "%y: f32[?,4] = onnx.Add(%a, %b)");
    check(expected + "[batch,8] [c_d0,4]", "%y: f32[?,8] = onnx.Concat(%b, %a) {axis=-1}");
    check(
        expected + "[4,4] [c_d0,4]",
        "%t: f32[4,batch] = onnx.Transpose(%a) {perm=[1, 0]} %y: f32[4,4] = onnx.MatMul(%t, %b)");
    check(
        expected + "[4,4] [c_d0,4]", "%y: f32[4,4] = onnx.Einsum(%a, %b) {equation=\"ni,nj->ij\"}");
    check(
        expected + "[batch,2,2] [c_d0,4]",
        "%s: i64[1] = onnx.Shape(%a) {start=0, end=1}"
            + " %t: i64[3] = onnx.Concat(%s, i64[2]{2, 2}) {axis=0}"
            + " %y: f32[batch,2,2] = onnx.Reshape(%b, %t)");
  }

  /** The sum of two is known to have the batch only when the first two are merged. */
  @Test
  void whatComesOfThemMeetsTheNext() {
    check(
        "[batch,4] [batch,4] [batch,4] -> [batch,4] [batch,4]",
        "%s: f32[?,4] = onnx.Add(%a, %b) %y: f32[?,4] = onnx.Mul(%s, %c)");
    check(
        "[batch,4] [batch,4] [batch,4] -> [batch,4] [batch,4]",
        "%r: f32[?,4] = onnx.Add(%b, %c) %s: f32[?,4] = onnx.Add(%a, %c)"
            + " %y: f32[?,4] = onnx.Mul(%s, %r)");
  }

  @Test
  void othersMayDiffer() {
    String expected = "[batch,4] [b_d0,4] [c_d0,4] -> ";
    check(
        expected + "[batch,b_d0] [c_d0,4]",
        "%t: f32[4,b_d0] = onnx.Transpose(%b) {perm=[1, 0]}"
            + " %y: f32[batch,b_d0] = onnx.MatMul(%a, %t)");
    check(
        expected + "[batch,b_d0,4] [c_d0,4]",
        "%s: f32[batch,1,4] = onnx.Unsqueeze(%a, i64[1]{1})"
            + " %y: f32[batch,b_d0,4] = onnx.Sub(%s, %b)");
    check(
        expected + "[b_d0+batch,4] [c_d0,4]",
        "%y: f32[b_d0+batch,4] = onnx.Concat(%a, %b) {axis=0}");
  }

  @Test
  void namesOfAUserStay() {
    assertEquals(
        "[N,4] [M,4] -> [?,4]",
        merged("%a: f32[N,4], %b: f32[M,4]", "%y: f32[?,4] = onnx.Add(%a, %b)", "y = %y"));
  }

  @Test
  void bodiesBringTogetherToo() {
    assertEquals(
        "[batch,4] [batch,4] -> [batch,4]",
        merged(
            "%x: f32[batch,4], %state: f32[state_d0,4]",
            "%y: f32[?,4] = onnx.Loop(i64[]{3}, _, %state)"
                + " body @b(%i \"i\": i64[], %c \"c\": bool[], %s \"s\": f32[state_d0,4])"
                + " { %n: f32[?,4] = onnx.Add(%s, %x) return c = bool[]{true}, s = %n }",
            "y = %y"));
  }

  /** Behind the first iteration, what is handed on has a dim without a name. */
  @Test
  void statesOfALoopMeetInItsFirstIteration() {
    assertEquals(
        "[batch,4] [batch,4] -> [batch,4]",
        merged(
            "%x: f32[batch,4], %state: f32[state_d0,4]",
            "%y: f32[?,4], %z: f32[?,4] = onnx.Loop(i64[]{3}, _, %state, %x)"
                + " body @b(%i \"i\": i64[], %c \"c\": bool[], %s \"s\": f32[?,4], %t \"t\": f32[?,4])"
                + " { %n: f32[?,4] = onnx.Add(%s, %t)"
                + " return c = bool[]{true}, s = %n, t = %n }",
            "y = %y"));
  }

  /** Inputs of a bare graph may broadcast; rows that are joined side by side are as many. */
  @Test
  void ofABareGraphOnlyWhatHasToBeEqual() {
    for (boolean signed : new boolean[] {true, false}) {
      PassContext context = new PassContext(17, new Diagnostics());
      context.signed(signed);
      Graph g =
          Parser.parse(
              "graph @g("
                  + INPUTS
                  + ") { %y: f32[?,4] = onnx.Add(%a, %b) %z: f32[?,8] = onnx.Concat(%a, %c) {axis=1}"
                  + " return y = %y, z = %z }");
      new MergeBatches().run(g, context);
      assertEquals(
          signed ? "batch batch batch" : "batch b_d0 batch",
          g.params().stream()
              .map(p -> p.shape().dim(0).toString())
              .collect(Collectors.joining(" ")));
    }
  }

  /** A lowering that failed has no graph to look at, only what it made. */
  @Test
  void meetingsTellNamesForAnotherTry() {
    String nodes = "%s: f32[?,4] = onnx.Add(%c, %b) %t: f32[?,4] = onnx.Mul(%a, %c) ";
    Graph g = Parser.parse("graph @g(" + INPUTS + ") { " + nodes + " return s = %s, t = %t }");
    Meetings meetings = new Meetings();
    g.nodes().forEach(meetings::note);
    assertEquals("{c_d0=batch, b_d0=batch}", meetings.names(g).toString());
    MergeBatches.apply(g, meetings.names(g));
    assertEquals("{}", meetings.names(g).toString());
  }
}
