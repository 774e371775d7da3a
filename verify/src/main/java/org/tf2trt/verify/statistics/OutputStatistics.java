// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;

/** One output of one runtime against the reference, over all calls so far. */
public final class OutputStatistics {
  private static final int POINTS_PER_CALL = 64;
  private static final int POINTS = 2048;
  private static final int FAILURES = 20;

  private final String name;
  private final LogHistogram errors;
  private final LogHistogram relative;
  private final List<List<Double>> points;
  private final List<String> failures;
  private Totals totals;
  private Agreement agreement;

  public OutputStatistics(String name) {
    this.name = name;
    this.errors = new LogHistogram();
    this.relative = new LogHistogram();
    this.points = new ArrayList<>();
    this.failures = new ArrayList<>();
    this.totals = Totals.NONE;
    this.agreement = Agreement.NONE;
  }

  /** Takes up what {@link #summary} gave. */
  public OutputStatistics(OutputSummary s) {
    this(s.name());
    merge(s);
  }

  /** Adds what another run over other calls found. */
  public void merge(OutputSummary s) {
    errors.add(LogHistogram.of(s.errors()));
    relative.add(LogHistogram.of(s.relativeErrors()));
    s.points().stream().limit(POINTS - points.size()).forEach(points::add);
    s.failures().stream().limit(FAILURES - failures.size()).forEach(failures::add);
    totals = totals.and(s.totals());
    agreement = agreement.and(s.agreement());
  }

  /**
   * Adds one call.
   *
   * @param call its number
   * @param actual of the type and shape of {@code expected}, or it fails
   */
  public void add(long call, TensorData actual, TensorData expected, Tolerance tolerance) {
    OutputResult result = OutputResult.compare(name, actual, expected, tolerance);
    totals = totals.and(Totals.of(call, result, tolerance));
    if (!result.passed() && failures.size() < FAILURES) {
      failures.add("call " + call + ": " + result.problem());
    }
    if (result.metrics() == null || expected.dtype() == DType.STRING) {
      return;
    }
    if (!expected.dtype().isComplex()) {
      numbers(actual, expected, result.metrics().magnitude());
      agreement = agreement.and(Agreement.of(name, call, actual, expected));
    }
  }

  private void numbers(TensorData actual, TensorData expected, double magnitude) {
    ByteBuffer a = actual.bytes();
    ByteBuffer b = expected.bytes();
    DType dtype = expected.dtype();
    int count = Math.toIntExact(expected.elements());
    double scale = magnitude == 0 ? 1 : magnitude;
    int step = Math.max(1, count / POINTS_PER_CALL);
    for (int i = 0; i < count; i++) {
      double x = Elements.getDouble(dtype, a, i);
      double y = Elements.getDouble(dtype, b, i);
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        continue;
      }
      double error = Math.abs(x - y);
      errors.add(error / scale);
      if (y != 0) {
        relative.add(error / Math.abs(y));
      }
      if (i % step == 0 && points.size() < POINTS) {
        points.add(List.of(y, x));
      }
    }
  }

  /** Calls so far that did not pass. */
  public long failed() {
    return totals.failed();
  }

  public OutputSummary summary() {
    return new OutputSummary(
        name,
        totals,
        agreement,
        errors.counts(),
        relative.counts(),
        List.copyOf(points),
        List.copyOf(failures));
  }
}
