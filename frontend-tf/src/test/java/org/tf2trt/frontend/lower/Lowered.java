// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

/** Single TensorFlow ops through the built-in lowerings; see {@link LoweringTester}. */
final class Lowered {
  private static final LoweringTester BUILT_IN = LoweringTester.of();

  private Lowered() {}

  static String eval(String dtypes, String node) {
    return BUILT_IN.eval(dtypes, node);
  }

  static String ops(String dtypes, String node) {
    return BUILT_IN.ops(dtypes, node);
  }

  static String print(String text) {
    return BUILT_IN.print(text);
  }

  static String refusal(String dtypes, String node) {
    return BUILT_IN.refusal(dtypes, node);
  }
}
