// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
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
 * @param asked what the user allows instead, by output; the empty name is for all floats
 * @param floor the least bound of floats, for networks that compute in a lower precision than their
 *     outputs have; 0 for none
 * @param steps of outputs that are quantised: bounds in steps replace those of the description
 */
public record Expectation(
    Elementwise elementwise,
    Map<String, Elementwise> perOutput,
    Set<String> random,
    boolean typesOnly,
    Map<String, Double> asked,
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
    this(elementwise, perOutput, random, typesOnly, Map.of(), 0, Map.of());
  }

  /**
   * The same for a network that computes in low precision: floats may be off by this share of the
   * largest magnitude, and of integers one in a hundred may differ.
   */
  public Expectation withFloor(double least) {
    return new Expectation(elementwise, perOutput, random, typesOnly, asked, least, steps);
  }

  /** The same for a model whose outputs are quantised in these steps. */
  public Expectation withSteps(Map<String, Double> newSteps) {
    return new Expectation(elementwise, perOutput, random, typesOnly, asked, floor, newSteps);
  }

  /** The same with tolerances that stand above everything else. */
  public Expectation withAsked(Map<String, Double> tolerances) {
    return new Expectation(elementwise, perOutput, random, typesOnly, tolerances, floor, steps);
  }

  /** Throws {@code UNKNOWN_NAME} when a tolerance is asked for an output that is not there. */
  public void requireOutputs(List<Golden> goldens) {
    Set<String> known = new LinkedHashSet<>();
    goldens.forEach(g -> g.outputs().keySet().forEach(n -> known.add(bare(n))));
    for (String name : asked.keySet()) {
      if (!name.isEmpty() && !known.contains(bare(name))) {
        throw DiagnosticException.of(
            Code.UNKNOWN_NAME,
            "--tolerance " + name,
            "there is no such output",
            "the outputs are " + String.join(", ", known));
      }
    }
  }

  private static String bare(String output) {
    return output.endsWith(":0") ? output.substring(0, output.length() - 2) : output;
  }

  /** Of the output itself; what is asked for all is for floats. */
  private Optional<Double> asked(String output, boolean floats) {
    for (Map.Entry<String, Double> e : asked.entrySet()) {
      if (!e.getKey().isEmpty() && bare(e.getKey()).equals(bare(output))) {
        return Optional.of(e.getValue());
      }
    }
    return Optional.ofNullable(asked.get("")).filter(t -> floats);
  }

  boolean isRandom(String output) {
    return typesOnly || random.contains(output);
  }

  /** Integers may be off only where the description allows whole steps or a share to differ. */
  Tolerance tolerance(String output, DType dtype) {
    Tolerance table = Tolerance.of(dtype);
    boolean floats = dtype.isFloat() || dtype.isComplex();
    Optional<Double> own = asked(output, floats);
    if (own.isPresent()) {
      return new Tolerance(own.get(), null);
    }
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
