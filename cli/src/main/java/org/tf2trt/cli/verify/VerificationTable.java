// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Numbers;
import org.tf2trt.verify.statistics.Agreement;
import org.tf2trt.verify.statistics.OutputSummary;
import org.tf2trt.verify.statistics.Totals;

/** Outputs of one runtime as text for a terminal. */
final class VerificationTable {
  private VerificationTable() {}

  static String of(List<OutputSummary> outputs) {
    int width = outputs.stream().mapToInt(o -> o.name().length()).max().orElse(0);
    String format = "  %-" + Math.max(6, width) + "s  %8s  %8s  %8s  %8s  %8s  %9s  %7s  %s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            format,
            "output",
            "error",
            "allowed",
            "99 %",
            "max abs",
            "mean abs",
            "cosine",
            "SNR dB",
            ""));
    for (OutputSummary o : outputs) {
      Totals t = o.totals();
      text.append(
          String.format(
              Locale.ROOT,
              format,
              o.name(),
              Numbers.text(t.worst()),
              Numbers.text(t.allowed()),
              Numbers.text(o.percentile(0.99)),
              Numbers.text(t.maxAbs()),
              Numbers.text(t.meanAbs()),
              String.format(Locale.ROOT, "%.6f", t.leastCosine()),
              Double.isInfinite(t.snr()) ? "equal" : String.format(Locale.ROOT, "%.1f", t.snr()),
              verdict(o)));
    }
    return text.toString();
  }

  /** Which outputs are quantised, and how far they are off in steps; a line for each. */
  static String steps(List<OutputSummary> outputs, Map<String, QuantizationStep> steps) {
    StringBuilder text = new StringBuilder();
    for (OutputSummary o : outputs) {
      QuantizationStep step = Fit.find(steps, o.name());
      if (step != null) {
        text.append(
            String.format(
                Locale.ROOT,
                "  '%s' is quantised in steps of %s by '%s': off by %.2f steps, %.3f in the mean;"
                    + " 2 and 0.1 are allowed%n",
                o.name(),
                Numbers.text(step.size()),
                step.node(),
                o.totals().maxAbs() / step.size(),
                o.totals().meanAbs() / step.size()));
      }
    }
    return text.toString();
  }

  /** How far the quantised tensors inside are off, in steps. */
  static String layers(List<OutputSummary> layers, Map<String, Double> steps) {
    double most = 0;
    double mean = 0;
    for (OutputSummary o : layers) {
      double step = steps.get(o.name());
      most = Math.max(most, o.totals().maxAbs() / step);
      mean = Math.max(mean, o.totals().meanAbs() / step);
    }
    return String.format(
        Locale.ROOT,
        "  %d quantised tensor%s, each computed from TensorFlow's: off by %.2f steps at most, %s in"
            + " the mean; 1 and 0.1 are allowed%n",
        layers.size(),
        layers.size() == 1 ? "" : "s",
        most,
        Numbers.text(mean));
  }

  private static String verdict(OutputSummary o) {
    Totals t = o.totals();
    Agreement a = o.agreement();
    StringBuilder text = new StringBuilder(t.passed() ? "ok" : "FAILED");
    if (t.failed() > 0 && t.calls() > 1) {
      text.append(" in ").append(t.failed()).append(" of ").append(t.calls()).append(" calls");
    }
    if (a.rows() > 0) {
      text.append(", top-1 ").append(a.top1()).append('/').append(a.rows());
    }
    if (a.union() > 0) {
      text.append(String.format(Locale.ROOT, ", IoU %.4f", (double) a.intersection() / a.union()));
    }
    if (a.boxes() > 0) {
      text.append(", boxes ").append(a.matched()).append('/').append(a.boxes());
    }
    return text.toString();
  }

  /** The largest error of any float output: the least {@code --tolerance} that passes. */
  static double required(List<OutputSummary> outputs) {
    return outputs.stream()
        .filter(o -> o.totals().allowed() > 0)
        .mapToDouble(o -> o.totals().worst())
        .max()
        .orElse(0);
  }
}
