// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;

/** What {@code --random} makes of random numbers. */
final class RandomLoweringsTest {
  private static final String UNIFORM =
      "%0: f32[*] = tf.RandomUniform(i32[2]{3, 4}) {T=i32, dtype=f32, seed=0, seed2=0}";

  @Test
  void keepMakesAnOnnxOp() {
    Graph graph = lowered(UNIFORM, "", LoweringOptions.Randomness.KEEP);
    assertTrue(Printer.print(graph).contains("onnx.RandomUniform()"), Printer.print(graph));
  }

  @Test
  void foldDrawsTheSameNumbersEachTime() {
    TensorData first = folded(UNIFORM);
    assertTrue(first.sameAs(folded(UNIFORM)));
    assertTrue(Arrays.stream(first.doubles()).allMatch(x -> x >= 0 && x < 1));
    assertEquals(12, Arrays.stream(first.doubles()).distinct().count());
  }

  @Test
  void foldedIntegersStayInTheirRange() {
    String node =
        "%0: i32[*] = tf.RandomUniformInt(i32[1]{64}, i32[]{-2}, i32[]{3}) {seed=1, seed2=2}";
    long[] drawn = LongStream.of(folded(node).longs()).sorted().distinct().toArray();
    assertEquals("[-2, -1, 0, 1, 2]", Arrays.toString(drawn));
  }

  @Test
  void fullIntegersFillTheirType() {
    String node =
        "%0: i32[*] = tf.StatelessRandomUniformFullInt(i32[1]{256}, i32[2]{1, 2}) {dtype=i32}";
    long[] drawn = folded(node).longs();
    assertTrue(LongStream.of(drawn).anyMatch(x -> x < -(1L << 30)));
    assertTrue(LongStream.of(drawn).anyMatch(x -> x > 1L << 30));
    assertEquals(256, LongStream.of(drawn).distinct().count());
    long even = LongStream.of(drawn).filter(x -> x % 2 == 0).count();
    assertTrue(even > 80 && even < 176, even + " of 256 are even");
  }

  @Test
  void foldNeedsAKnownShape() {
    String node = "%0: f32[*] = tf.RandomUniform(%n) {T=i32, dtype=f32, seed=0, seed2=0}";
    String text = refusal(node, "%n: i32[2]", LoweringOptions.Randomness.FOLD);
    assertTrue(text.startsWith("error[TF013]") && text.contains("--random keep"), text);
  }

  @Test
  void refuseNamesTheOption() {
    String text = refusal(UNIFORM, "", LoweringOptions.Randomness.REFUSE);
    assertTrue(text.startsWith("error[TF013]") && text.contains("--random refuse"), text);
  }

  @Test
  void foldingLeavesNothingRandomBehind() {
    Graph graph = lowered(UNIFORM, "", LoweringOptions.Randomness.FOLD);
    assertFalse(Printer.print(graph).contains("Random"), Printer.print(graph));
  }

  private static TensorData folded(String node) {
    Graph graph = lowered(node, "", LoweringOptions.Randomness.FOLD);
    return graph.outputs().get(0).constant().orElseThrow();
  }

  private static String refusal(String node, String params, LoweringOptions.Randomness random) {
    return assertThrows(DiagnosticException.class, () -> lowered(node, params, random))
        .diagnostics()
        .get(0)
        .text();
  }

  private static Graph lowered(String node, String params, LoweringOptions.Randomness random) {
    Graph graph = Parser.parse("graph @t(%s) { %s return o = %%0 }".formatted(params, node));
    new LowerTensorFlow(Lowerings.builtIn(), LoweringOptions.DEFAULT.with(random))
        .run(graph, new PassContext(17, new Diagnostics()));
    return graph;
  }
}
