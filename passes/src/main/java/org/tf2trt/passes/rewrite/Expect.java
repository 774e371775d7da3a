// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rewrite;

import java.util.Arrays;

/** Assertions that need no test framework, so that the testers can be used with any. */
final class Expect {
  private Expect() {}

  static void equal(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new AssertionError("%s%nexpected:%n%s%nbut was:%n%s".formatted(what, expected, actual));
    }
  }

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  static void equal(long[] expected, long[] actual, String what) {
    equal(Arrays.toString(expected), Arrays.toString(actual), what);
  }

  /** NaN equals NaN, and an infinity itself. */
  static void near(double[] expected, double[] actual, double delta, String what) {
    that(expected.length == actual.length, what + ": " + actual.length + " elements");
    for (int i = 0; i < expected.length; i++) {
      boolean same =
          Double.compare(expected[i], actual[i]) == 0 || Math.abs(expected[i] - actual[i]) <= delta;
      that(same, "%s[%d]: expected %s, was %s".formatted(what, i, expected[i], actual[i]));
    }
  }
}
