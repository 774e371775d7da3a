// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

/** Names of dims that a model leaves open. */
public final class OpenDims {
  /** The first open first dim of the inputs, and those that are found to be the same. */
  public static final String BATCH = "batch";

  private OpenDims() {}

  /** The name of a dim of an input: {@code image_d1}. */
  public static String of(String input, int axis) {
    String word = input.replaceAll("[^A-Za-z0-9_]", "_");
    return (Character.isDigit(word.charAt(0)) ? "_" : "") + word + "_d" + axis;
  }

  /** Whether this is the name that the first dim of an input gets from us, not from a user. */
  static boolean isFirst(String symbol, String input) {
    return symbol.equals(BATCH) || symbol.matches(of(input, 0) + "(_\\d+)?");
  }
}
