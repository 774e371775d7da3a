// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import java.util.List;

/**
 * What is known of an output, as it is stored in reports and in the state of a run.
 *
 * @param name of the output
 * @param totals sums and extremes
 * @param agreement of classes, masks and boxes
 * @param errors a {@link LogHistogram} of |difference| over the largest magnitude of the call
 * @param relativeErrors the same of |difference| over |reference|
 * @param points some pairs of reference and actual value
 * @param failures the first calls that did not pass, and why
 */
public record OutputSummary(
    String name,
    Totals totals,
    Agreement agreement,
    List<Long> errors,
    List<Long> relativeErrors,
    List<List<Double>> points,
    List<String> failures) {
  public OutputSummary {
    errors = List.copyOf(errors);
    relativeErrors = List.copyOf(relativeErrors);
    points = List.copyOf(points);
    failures = List.copyOf(failures);
  }

  public boolean passed() {
    return totals.passed();
  }

  /** Of |difference| over the largest magnitude. */
  public double percentile(double share) {
    return LogHistogram.of(errors).percentile(share);
  }
}
