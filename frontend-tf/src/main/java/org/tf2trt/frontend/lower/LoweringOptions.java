// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

/**
 * What the user decides about lowerings.
 *
 * @param random what becomes of random numbers
 * @param fakeQuant what becomes of simulated quantisation
 */
public record LoweringOptions(Randomness random, FakeQuant fakeQuant) {
  public static final LoweringOptions DEFAULT =
      new LoweringOptions(Randomness.KEEP, FakeQuant.EXACT);

  /** Random numbers drawn when the model runs. */
  public enum Randomness {
    /** ONNX's random ops: other numbers in each run, of the same distribution. */
    KEEP,
    /** Drawn once, at conversion, and the same in each run. */
    FOLD,
    /** An error. */
    REFUSE
  }

  /** Quantisation that a model of floats simulates: FakeQuant and QuantizeAndDequantize. */
  public enum FakeQuant {
    /** The arithmetic of TensorFlow's kernels in floats: the same steps, the same ties. */
    EXACT,
    /** QuantizeLinear and DequantizeLinear of 8 bits: the same steps; ties go to even. */
    QDQ
  }

  /** The same options with another choice for random numbers. */
  public LoweringOptions with(Randomness newRandom) {
    return new LoweringOptions(newRandom, fakeQuant);
  }

  /** The same options with another choice for simulated quantisation. */
  public LoweringOptions with(FakeQuant newFakeQuant) {
    return new LoweringOptions(random, newFakeQuant);
  }
}
