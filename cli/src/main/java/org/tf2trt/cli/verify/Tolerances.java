// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Tolerance;

/**
 * The table, and what {@code --tolerance} says instead.
 *
 * @param given by output; the empty name is for all
 * @param floor what floats may be off by at least, because the network computes in a lower
 *     precision than its outputs have
 * @param steps of outputs that the original quantises: they may be off by some of these
 */
record Tolerances(Map<String, Double> given, double floor, Map<String, Double> steps)
    implements Candidate.Bounds {
  /** Of {@code X} or {@code OUTPUT=X}; throws {@code BAD_DATA}. */
  static Tolerances parse(List<String> texts) {
    Map<String, Double> given = new LinkedHashMap<>();
    for (String text : texts) {
      int at = text.lastIndexOf('=');
      double value = number(text, text.substring(at + 1));
      given.put(at < 0 ? "" : text.substring(0, at), value);
    }
    return new Tolerances(given, 0, Map.of());
  }

  /** The same for a model that quantises its outputs. */
  Tolerances quantizedIn(Map<String, QuantizationStep> outputs) {
    Map<String, Double> sizes = new LinkedHashMap<>();
    outputs.forEach((name, step) -> sizes.put(name, step.size()));
    return new Tolerances(given, floor, sizes);
  }

  /** The same for a model that is given the original's quantised values. */
  Tolerances withoutSteps() {
    return new Tolerances(given, floor, Map.of());
  }

  private static double number(String text, String digits) {
    try {
      double value = Double.parseDouble(digits);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw DiagnosticException.of(
        Code.BAD_DATA, "--tolerance " + text, "no tolerance", "write it as 1e-3 or OUTPUT=1e-3");
  }

  /** The same for a model that computes with these types. */
  Tolerances computing(Graph onnx) {
    return new Tolerances(given, floor(onnx, !steps.isEmpty()), steps);
  }

  /** What floats of a model may be off by at least; 0 when the table alone decides. */
  static double floor(Graph onnx, boolean stepsKnown) {
    double least = 0;
    for (Node node : onnx.nodes()) {
      // Steps say more than the guess that there are steps.
      if (node.is("onnx.DequantizeLinear") && !stepsKnown) {
        least = Math.max(least, Tolerance.QUANTISED);
      }
      for (Value v : node.results()) {
        boolean low = v.dtype() == DType.F16 || v.dtype() == DType.BF16;
        least = low ? Math.max(least, Tolerance.of(v.dtype()).scaled()) : least;
      }
    }
    return least;
  }

  /** The same for an engine of this precision, as its sidecar names it. */
  Tolerances computing(String precision) {
    double least =
        switch (precision.toLowerCase(Locale.ROOT)) {
          case "fp16" -> Tolerance.of(DType.F16).scaled();
          case "bf16" -> Tolerance.of(DType.BF16).scaled();
          case "int8", "fp8" -> Tolerance.QUANTISED;
          default -> 0;
        };
    return new Tolerances(given, least, steps);
  }

  @Override
  public Tolerance of(String output, DType dtype) {
    Double value = given.getOrDefault(output, given.get(""));
    boolean floats = dtype.isFloat() || dtype.isComplex();
    if (value != null && (floats || given.containsKey(output))) {
      return new Tolerance(value, null);
    }
    Tolerance table = Tolerance.of(dtype);
    if (!floats) {
      return table;
    }
    Double step = Fit.find(steps, output);
    return new Tolerance(
        Math.max(floor, table.scaled()), step == null ? null : Tolerance.ofSteps(step));
  }
}
