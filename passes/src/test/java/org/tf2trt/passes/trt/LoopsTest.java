// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;

/** Trip counts, as TensorRT's importer reads them. */
class LoopsTest {
  private static Graph loop(String count, String again, boolean reads) {
    return Parser.parse(
        """
        graph @g(%x: f32[4], %n: i64[], %c: bool[]) {
          %0: f32[4], %1: f32[?,4] = onnx.Loop(COUNT, _, %x) body @loop(%i "i": i64[], %k "k": bool[], %s "s": f32[4]) {
            %2: f32[] = onnx.Cast(READ) {to=f32}
            %3: f32[4] = onnx.Add(%s, %2)
            return again = AGAIN, s = %3, list = %3
          }
          return y = %0, all = %1
        }
        """
            .replace("COUNT", count)
            .replace("AGAIN", again)
            .replace("READ", reads ? "%i" : "%n"));
  }

  private static List<String> found(Graph graph) {
    new LimitLoops().run(graph, new PassContext(17, new Diagnostics()));
    return Legality.of(graph, Target.TRT).stream().map(Diagnostic::message).toList();
  }

  @Test
  void listsNeedATripCount() {
    assertEquals(List.of(), found(loop("%n", "%k", true)));
    assertEquals(List.of(), found(loop("i64[]{7}", "bool[]{true}", true)));
    assertEquals(
        List.of("it collects values over a number of iterations that is not known: 'synthetic'"),
        found(loop("i64[]{2147483647}", "%k", false)));
    assertEquals(
        List.of("it collects values and may end before its trip count: 'synthetic'"),
        found(loop("%n", "%c", true)));
  }

  @Test
  void onlyLoopsThatCountAreBounded() {
    Graph counting = loop("i64[]{2147483647}", "%k", true);
    new LimitLoops().run(counting, new PassContext(17, new Diagnostics()));
    assertEquals(2147483646L, counting.first().input(0).constant().orElseThrow().longs()[0]);
    Graph other = loop("i64[]{2147483647}", "%k", false);
    new LimitLoops().run(other, new PassContext(17, new Diagnostics()));
    assertEquals(2147483647L, other.first().input(0).constant().orElseThrow().longs()[0]);
  }
}
