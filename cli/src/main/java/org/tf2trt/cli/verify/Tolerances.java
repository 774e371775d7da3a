// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.compare.Tolerance;

/**
 * The table, and what {@code --tolerance} says instead.
 *
 * @param given by output; the empty name is for all
 */
record Tolerances(Map<String, Double> given) implements Candidate.Bounds {
  /** Of {@code X} or {@code OUTPUT=X}; throws IllegalArgumentException. */
  static Tolerances parse(java.util.List<String> texts) {
    Map<String, Double> given = new LinkedHashMap<>();
    for (String text : texts) {
      int at = text.lastIndexOf('=');
      double value = Double.parseDouble(text.substring(at + 1));
      if (!(value >= 0)) {
        throw new IllegalArgumentException("--tolerance " + text + " is negative");
      }
      given.put(at < 0 ? "" : text.substring(0, at), value);
    }
    return new Tolerances(given);
  }

  @Override
  public Tolerance of(String output, DType dtype) {
    Double value = given.getOrDefault(output, given.get(""));
    boolean floats = dtype.isFloat() || dtype.isComplex();
    return value != null && (floats || given.containsKey(output))
        ? new Tolerance(value, null)
        : Tolerance.of(dtype);
  }
}
