// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tf2trt.frontend.lower.Lowered.eval;
import static org.tf2trt.frontend.lower.Lowered.ops;

import org.junit.jupiter.api.Test;

/** Constant and mirrored borders. */
final class PadLoweringsTest {
  @Test
  void padsComeInPairs() {
    assertEquals(
        "f32[2,4]{9.0, 9.0, 1.0, 2.0, 9.0, 9.0, 9.0, 9.0}",
        eval("f32", "tf.PadV2(?f32[1,2]{1.0, 2.0}, i32[2,2]{0, 1, 2, 0}, ?f32[]{9.0})"));
    assertEquals("i32[4]{0, 1, 0, 0}", eval("i32", "tf.Pad(?i32[1]{1}, ?i32[1,2]{1, 2})"));
  }

  @Test
  void symmetricRepeatsTheBorder() {
    assertEquals(
        "i32[6]{2, 1, 1, 2, 3, 3}",
        eval("i32", "tf.MirrorPad(?i32[3]{1, 2, 3}, i32[1,2]{2, 1}) {mode=\"SYMMETRIC\"}"));
    assertEquals(
        "i32[5]{1, 2, 3, 3, 2}",
        eval("i32", "tf.MirrorPad(?i32[3]{1, 2, 3}, ?i32[1,2]{0, 2}) {mode=\"SYMMETRIC\"}"));
  }

  @Test
  void reflectDoesNot() {
    assertEquals(
        "f32[6]{3.0, 2.0, 1.0, 2.0, 3.0, 2.0}",
        eval("f32", "tf.MirrorPad(?f32[3]{1.0, 2.0, 3.0}, i32[1,2]{2, 1}) {mode=\"REFLECT\"}"));
  }

  /** Paddings that are stacked from pairs are known as far as their parts are. */
  @Test
  void computedPaddingsKeepWhatIsKnown() {
    String text =
        Lowered.print(
            """
            graph @g(%x: f32[N,H,3], %p: i32[2]) {
              %0: i32[*] = tf.Pack(i32[2]{0, 0}, %p, i32[2]{0, 0}) {T=i32, N=3, axis=0}
              %y: f32[*] = tf.Pad(%x, %0) {T=f32, Tpaddings=i32}
              %z: f32[*] = tf.MirrorPad(%x, %0) {T=f32, Tpaddings=i32, mode="SYMMETRIC"}
              return y = %y, z = %z
            }
            """);
    assertTrue(text.contains("f32[N,?,3] = onnx.Pad(%x"), text);
    assertTrue(text.contains("f32[N,?,3] = onnx.Concat("), text);
  }

  @Test
  void noPaddingIsIdentity() {
    assertEquals("", ops("f32", "tf.Pad(?f32[1]{1.0}, i32[1,2]{0, 0})"));
  }
}
