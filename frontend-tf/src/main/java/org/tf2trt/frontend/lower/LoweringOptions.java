// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

/**
 * What the user decides about lowerings.
 *
 * @param random what becomes of random numbers
 */
public record LoweringOptions(Randomness random) {
  public static final LoweringOptions DEFAULT = new LoweringOptions(Randomness.KEEP);

  /** Random numbers drawn when the model runs. */
  public enum Randomness {
    /** ONNX's random ops: other numbers in each run, of the same distribution. */
    KEEP,
    /** Drawn once, at conversion, and the same in each run. */
    FOLD,
    /** An error. */
    REFUSE
  }

  /** The same options with another choice for random numbers. */
  public LoweringOptions with(Randomness newRandom) {
    return new LoweringOptions(newRandom);
  }
}
