// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.compare;

import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;

/**
 * One output against its reference.
 *
 * @param name public name
 * @param type of the reference
 * @param metrics null when type or shape differ, or when values are not compared
 * @param problem why it does not pass; empty when it does
 */
public record OutputResult(String name, TensorType type, Metrics metrics, String problem) {
  /** Compares values; another dtype or shape is a problem of its own. */
  public static OutputResult compare(
      String name, TensorData actual, TensorData expected, Tolerance tolerance) {
    if (!actual.type().equals(expected.type())) {
      return new OutputResult(
          name, expected.type(), null, "is " + actual.type() + ", expected " + expected.type());
    }
    Metrics metrics = Measure.of(actual, expected, tolerance.elementwise());
    return new OutputResult(name, expected.type(), metrics, problem(metrics, tolerance));
  }

  /** For outputs that are random: dtype and shape have to agree, values do not. */
  public static OutputResult compareType(String name, TensorData actual, TensorData expected) {
    String problem =
        actual.type().equals(expected.type())
            ? ""
            : "is " + actual.type() + ", expected " + expected.type();
    return new OutputResult(name, expected.type(), null, problem);
  }

  /** For an output that the model does not have. */
  public static OutputResult missing(String name, TensorData expected) {
    return new OutputResult(name, expected.type(), null, "the model has no such output");
  }

  private static String problem(Metrics m, Tolerance tolerance) {
    Tolerance.Elementwise each = tolerance.elementwise();
    if (each != null && m.mismatch() <= each.mismatch() && m.meanAbs() <= each.mean()) {
      return "";
    }
    if (m.nonFinite() > 0) {
      return m.nonFinite() + " of " + m.elements() + " elements differ in NaN or infinity";
    }
    if (m.scaled() <= tolerance.scaled()) {
      return "";
    }
    String scaled =
        tolerance.scaled() == 0
            ? "has to be equal, but the largest difference is " + Numbers.text(m.maxAbs())
            : "the largest error is %s of the largest magnitude %s, allowed %s"
                .formatted(
                    Numbers.text(m.scaled()),
                    Numbers.text(m.magnitude()),
                    Numbers.text(tolerance.scaled()));
    return each == null
        ? scaled
        : "%s, or %s: they are up to %s, %s in the mean"
            .formatted(scaled, each.text(), Numbers.text(m.maxAbs()), Numbers.text(m.meanAbs()));
  }

  public boolean passed() {
    return problem.isEmpty();
  }

  /** The error that the acceptance is about; 0 when values were not compared. */
  public double error() {
    return metrics == null ? 0 : metrics.scaled();
  }
}
