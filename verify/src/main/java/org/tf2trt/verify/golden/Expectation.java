// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.compare.Tolerance.Elementwise;

/**
 * What a model's description allows beyond the table of {@link Tolerance#of}.
 *
 * @param elementwise a second way to pass; null for none
 * @param perOutput bounds that replace it for single outputs
 * @param random outputs that differ from run to run: only dtype and shape are compared
 * @param typesOnly all outputs are random
 * @param floor the least bound of floats, for networks that compute in a lower precision than their
 *     outputs have; 0 for none
 * @param steps of outputs that are quantised: bounds in steps replace those of the description
 */
public record Expectation(
    Elementwise elementwise,
    Map<String, Elementwise> perOutput,
    Set<String> random,
    boolean typesOnly,
    double floor,
    Map<String, Double> steps) {
  /** The table and nothing else. */
  public static final Expectation STRICT = new Expectation(null, Map.of(), Set.of(), false);

  /** Labels are decided by the largest of several numbers: rounding moves some of them. */
  private static final Elementwise LABELS = new Elementwise(0, 0, 0.01, Double.POSITIVE_INFINITY);

  public Expectation(
      Elementwise elementwise,
      Map<String, Elementwise> perOutput,
      Set<String> random,
      boolean typesOnly) {
    this(elementwise, perOutput, random, typesOnly, 0, Map.of());
  }

  /**
   * The same for a network that computes in low precision: floats may be off by this share of the
   * largest magnitude, and of integers one in a hundred may differ.
   */
  public Expectation withFloor(double least) {
    return new Expectation(elementwise, perOutput, random, typesOnly, least, steps);
  }

  /** The same for a model whose outputs are quantised in these steps. */
  public Expectation withSteps(Map<String, Double> newSteps) {
    return new Expectation(elementwise, perOutput, random, typesOnly, floor, newSteps);
  }

  boolean isRandom(String output) {
    return typesOnly || random.contains(output);
  }

  /** Integers may be off only where the description allows whole steps or a share to differ. */
  Tolerance tolerance(String output, DType dtype) {
    Tolerance table = Tolerance.of(dtype);
    boolean floats = dtype.isFloat() || dtype.isComplex();
    Double step = floats ? Fit.find(steps, output) : null;
    Elementwise bound =
        step != null ? Tolerance.ofSteps(step) : perOutput.getOrDefault(output, elementwise);
    boolean applies =
        bound != null && (floats || bound.mismatch() > 0 || bound.rtol() == 0 && bound.atol() >= 1);
    if (floor > 0 && !floats) {
      return table.or(applies ? bound : LABELS);
    }
    Tolerance least = new Tolerance(Math.max(table.scaled(), floor), null);
    return applies ? least.or(bound) : least;
  }
}
