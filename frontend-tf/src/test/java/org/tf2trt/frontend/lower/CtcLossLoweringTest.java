// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.tf2trt.frontend.lower.Near.assertNear;

import org.junit.jupiter.api.Test;

/** Losses of lattices that are small enough to count their paths by hand. */
final class CtcLossLoweringTest {
  private static final String UNIFORM = "?f32[2,1,2]{0.0, 0.0, 0.0, 0.0}";

  /** Of aa, a-, -a and -- three give a; of those, two have a at a time. */
  @Test
  void addsUpAllPathsOfALabel() {
    String[] both = run(UNIFORM, "?i64[1,2]{0, 0}", "?i32[1]{0}", 2, "true").split(" (?=f32)");
    assertNear("f32[1]", Near.of(-Math.log(0.75)), both[0]);
    double own = 0.5 - 2.0 / 3;
    assertNear("f32[2,1,2]", Near.of(own, -own, own, -own), both[1]);
  }

  /** Two equal labels need a blank between them when repeats are merged, and none otherwise. */
  @Test
  void mergesRepeatedLabelsWhereAsked() {
    String twice = "?i64[2,2]{0, 0, 0, 1}";
    String three = "?f32[3,1,2]{0.0, 0.0, 0.0, 0.0, 0.0, 0.0}";
    String merged = run(three, twice, "?i32[2]{0, 0}", 3, "true");
    assertNear("f32[1]", Near.of(-Math.log(1 / 8.0)), merged.split(" (?=f32)")[0]);
    String kept = run(three, twice, "?i32[2]{0, 0}", 3, "false");
    assertNear("f32[1]", Near.of(-Math.log(3 / 8.0)), kept.split(" (?=f32)")[0]);
  }

  /** Steps behind the length count for nothing, and their gradient is 0. */
  @Test
  void stopsAtTheLengthOfASample() {
    String x = "?f32[2,1,2]{0.0, 0.0, 5.0, -3.0}";
    String[] both = run(x, "?i64[1,2]{0, 0}", "?i32[1]{0}", 1, "true").split(" (?=f32)");
    assertNear("f32[1]", Near.of(-Math.log(0.5)), both[0]);
    assertNear("f32[2,1,2]", Near.of(-0.5, 0.5, 0, 0), both[1]);
  }

  private static String run(String x, String indices, String values, int length, String merges) {
    return Lowered.eval(
        "f32 f32",
        ("tf.CTCLoss(%s, %s, %s, i32[1]{%d}) {preprocess_collapse_repeated=false,"
                + " ctc_merge_repeated=%s, ignore_longer_outputs_than_inputs=false}")
            .formatted(x, indices, values, length, merges));
  }
}
