// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

class KnownTripsTest {
  /** {@code while size > 12: size *= 0.5}, beside something that depends on an input. */
  private static final String HALVES =
      """
      graph @g(%x: f32[2], %n: i64[], %go: bool[]) {
        %0: f32[], %1: f32[2] = onnx.Loop(_, bool[]{true}, f32[]{100.0}, %x)
          body @b(%i "i": i64[], %g "g": bool[], %s "s": f32[], %v "v": f32[2]) {
            %2: f32[] = onnx.Mul(%s, f32[]{0.5})
            %3: bool[] = onnx.Greater(%2, f32[]{12.0})
            %4: f32[2] = onnx.Neg(%v)
            return again = %3, s = %2, v = %4
          }
        return last = %0, all = %1
      }
      """;

  private static OptionalLong trips(String text, long most) {
    Graph graph = Parser.parse(text);
    return KnownTrips.of(graph.first(), most);
  }

  @Test
  void conditionsAreComputedStepByStep() {
    assertEquals(OptionalLong.of(4), trips(HALVES, 8)); // 50, 25, 12.5, 6.25
    assertEquals(OptionalLong.of(4), trips(HALVES, 4));
  }

  @Test
  void moreThanTheMostIsNotKnown() {
    assertEquals(OptionalLong.empty(), trips(HALVES, 3));
    assertEquals(OptionalLong.empty(), trips(HALVES.replace("{0.5}", "{1.0}"), 1000));
  }

  @Test
  void aTripCountEndsItBefore() {
    assertEquals(OptionalLong.of(2), trips(HALVES.replace("Loop(_,", "Loop(i64[]{2},"), 8));
    assertEquals(OptionalLong.of(4), trips(HALVES.replace("Loop(_,", "Loop(i64[]{7},"), 8));
    assertEquals(OptionalLong.of(0), trips(HALVES.replace("Loop(_,", "Loop(i64[]{0},"), 8));
    assertEquals(OptionalLong.empty(), trips(HALVES.replace("Loop(_,", "Loop(%n,"), 8));
  }

  @Test
  void aLoopMayNotBegin() {
    assertEquals(OptionalLong.of(0), trips(HALVES.replace("bool[]{true}", "bool[]{false}"), 8));
    assertEquals(OptionalLong.empty(), trips(HALVES.replace("bool[]{true}", "%go"), 8));
    assertEquals(OptionalLong.of(4), trips(HALVES.replace("bool[]{true}", "_"), 8));
  }

  @Test
  void whatDependsOnAnInputIsNotKnown() {
    String handedOn =
        HALVES
            .replace("onnx.Greater(%2, f32[]{12.0})", "onnx.Greater(%5, f32[]{12.0})")
            .replace("%3: bool[]", "%5: f32[] = onnx.ReduceMax(%v) {keepdims=0}\n      %3: bool[]");
    assertEquals(OptionalLong.empty(), trips(handedOn, 8));
    String outside =
        HALVES
            .replace("onnx.Mul(%s, f32[]{0.5})", "onnx.Mul(%s, %6)")
            .replace(
                "  %0: f32[], %1",
                "  %6: f32[] = onnx.ReduceMax(%x) {keepdims=0}\n  %0: f32[], %1");
    Graph graph = Parser.parse(outside);
    assertEquals(OptionalLong.empty(), KnownTrips.of(graph.first().next(), 8));
  }

  @Test
  void theNumberOfTheIterationIsKnown() {
    String counts = HALVES.replace("onnx.Greater(%2, f32[]{12.0})", "onnx.Less(%i, i64[]{4})");
    assertEquals(OptionalLong.of(5), trips(counts, 8));
  }
}
