// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.text.Parser;

/** What counts as a transpose inside a convolutional part. */
class GraphStatsTest {
  private static final String CONV =
      "onnx.Conv(%s, f32[4,4,1,1]{#0000000000000000}) {kernel_shape=[1, 1]}";

  private static GraphStats stats(String body) {
    String weights = "f32[4,4,1,1]{" + "1.0, ".repeat(15) + "1.0}";
    return GraphStats.of(
        Parser.parse(
            "graph @g(%x: f32[N,4,8,8]) {\n"
                + body.replace("f32[4,4,1,1]{#0000000000000000}", weights)
                + "}\n"));
  }

  private static String conv(String input) {
    return CONV.replace("%s", input) + "\n";
  }

  @Test
  void betweenConvolutions() {
    GraphStats stats =
        stats(
            "%0: f32[N,4,8,8] = "
                + conv("%x")
                + "%1: f32[N,8,8,4] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}\n"
                + "%2: f32[N,8,8,4] = onnx.Relu(%1)\n"
                + "%3: f32[N,4,8,8] = onnx.Transpose(%2) {perm=[0, 3, 1, 2]}\n"
                + "%4: f32[N,4,8,8] = "
                + conv("%3")
                + "return y = %4\n");
    assertEquals(2, stats.transposesInside());
    assertEquals(Map.of("Conv", 2, "Relu", 1, "Transpose", 2), stats.ops());
    assertEquals(5, stats.nodes());
  }

  @Test
  void notBeforeTheFirstAndBehindTheLast() {
    GraphStats stats =
        stats(
            "%0: f32[N,4,8,8] = onnx.Mul(%x, f32[]{0.5})\n"
                + "%1: f32[N,4,8,8] = onnx.Transpose(%0) {perm=[0, 1, 3, 2]}\n"
                + "%2: f32[N,4,8,8] = "
                + conv("%1")
                + "%3: f32[N,8,8,4] = onnx.Transpose(%2) {perm=[0, 2, 3, 1]}\n"
                + "%4: f32[N,8,8,4] = onnx.Softmax(%3) {axis=-1}\n"
                + "return y = %4\n");
    assertEquals(0, stats.transposesInside());
  }

  /** Crops are taken from an image, wherever their corners come from. */
  @Test
  void notBehindACrop() {
    GraphStats stats =
        stats(
            "%0: f32[N,4,8,8] = "
                + conv("%x")
                + "%1: i64[N,8,8] = onnx.ArgMax(%0) {axis=1, keepdims=0}\n"
                + "%2: f32[N,8,8,4] = onnx.Gather(f32[9,4]{"
                + "1.0, ".repeat(35)
                + "1.0}, %1) {axis=0}\n"
                + "%3: f32[N,4,8,8] = onnx.Transpose(%2) {perm=[0, 3, 1, 2]}\n"
                + "%4: f32[N,4,8,8] = "
                + conv("%3")
                + "return y = %4\n");
    assertEquals(0, stats.transposesInside());
  }
}
