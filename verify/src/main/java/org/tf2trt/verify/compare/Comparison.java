// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All outputs of a run, or of several runs, against their references.
 *
 * @param outputs in the order of the references
 */
public record Comparison(List<OutputResult> outputs) {
  /** Of nothing. */
  public static final Comparison EMPTY = new Comparison(List.of());

  public Comparison {
    outputs = List.copyOf(outputs);
  }

  public boolean passed() {
    return outputs.stream().allMatch(OutputResult::passed);
  }

  /** The largest error of any output, over that output's largest magnitude. */
  public double error() {
    return outputs.stream().mapToDouble(OutputResult::error).max().orElse(0);
  }

  /** The same over float outputs only: the least tolerance with which they pass. */
  public double floatError() {
    return outputs.stream()
        .filter(o -> o.type().dtype().isFloat() || o.type().dtype().isComplex())
        .mapToDouble(OutputResult::error)
        .max()
        .orElse(0);
  }

  /** What does not pass, one line each. */
  public List<String> problems() {
    return outputs.stream()
        .filter(o -> !o.passed())
        .map(o -> "output '" + o.name() + "': " + o.problem())
        .toList();
  }

  public Comparison and(Comparison other) {
    List<OutputResult> all = new ArrayList<>(outputs);
    all.addAll(other.outputs);
    return new Comparison(all);
  }

  /** A table for a terminal, one line for each output. */
  public String table() {
    int width = outputs.stream().mapToInt(o -> o.name().length()).max().orElse(0);
    width = Math.max(width, "output".length());
    StringBuilder text = new StringBuilder();
    text.append(row(width, "output", "error", "max abs", "mean abs", "cosine", "SNR dB", "type"));
    for (OutputResult o : outputs) {
      Metrics m = o.metrics();
      text.append(
          m == null
              ? row(width, o.name(), "-", "-", "-", "-", "-", o.type().toString())
              : row(
                  width,
                  o.name(),
                  Numbers.text(m.scaled()),
                  Numbers.text(m.maxAbs()),
                  Numbers.text(m.meanAbs()),
                  String.format(Locale.ROOT, "%.6f", m.cosine()),
                  Double.isInfinite(m.snr())
                      ? "equal"
                      : String.format(Locale.ROOT, "%.1f", m.snr()),
                  o.type().toString()));
    }
    return text.toString();
  }

  private static String row(int width, String name, String... cells) {
    return String.format(
        Locale.ROOT,
        "  %-" + width + "s  %8s  %8s  %8s  %9s  %7s  %s%n",
        name,
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        cells[4],
        cells[5]);
  }
}
