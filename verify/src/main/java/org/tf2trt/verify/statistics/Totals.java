// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.tf2trt.verify.compare.Metrics;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;

/**
 * Sums and extremes over calls; those of two sets of calls merge into those of their union.
 *
 * @param calls how many
 * @param failed calls that did not pass
 * @param elements compared
 * @param nonFinite elements where one is NaN or infinite and the other is not the same
 * @param maxAbs largest |difference|
 * @param maxRel largest |difference| / |reference|
 * @param sumAbs sum of |difference|
 * @param noise sum of squared differences
 * @param signal sum of squared references
 * @param magnitude largest |reference|
 * @param worst the largest error of a call over the largest magnitude of that call
 * @param worstCall which call that was; -1 for none
 * @param leastCosine of any call
 * @param allowed what {@code worst} may be
 */
public record Totals(
    long calls,
    long failed,
    long elements,
    long nonFinite,
    double maxAbs,
    double maxRel,
    double sumAbs,
    double noise,
    double signal,
    double magnitude,
    double worst,
    long worstCall,
    double leastCosine,
    double allowed) {
  static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 0);

  static Totals of(long call, OutputResult r, Tolerance tolerance) {
    long failed = r.passed() ? 0 : 1;
    Metrics m = r.metrics();
    if (m == null) {
      return new Totals(1, failed, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1, tolerance.scaled());
    }
    double noise = m.rms() * m.rms() * (m.elements() - m.nonFinite());
    double signal = Double.isInfinite(m.snr()) ? 0 : noise * Math.pow(10, m.snr() / 10);
    return new Totals(
        1,
        failed,
        m.elements(),
        m.nonFinite(),
        m.maxAbs(),
        m.maxRel(),
        m.meanAbs() * (m.elements() - m.nonFinite()),
        noise,
        signal,
        m.magnitude(),
        m.scaled(),
        call,
        m.cosine(),
        tolerance.scaled());
  }

  Totals and(Totals o) {
    return new Totals(
        calls + o.calls,
        failed + o.failed,
        elements + o.elements,
        nonFinite + o.nonFinite,
        Math.max(maxAbs, o.maxAbs),
        Math.max(maxRel, o.maxRel),
        sumAbs + o.sumAbs,
        noise + o.noise,
        signal + o.signal,
        Math.max(magnitude, o.magnitude),
        Math.max(worst, o.worst),
        worstCall < 0 || o.worst > worst ? o.worstCall : worstCall,
        Math.min(leastCosine, o.leastCosine),
        Math.max(allowed, o.allowed));
  }

  @JsonIgnore
  public double meanAbs() {
    return elements == 0 ? 0 : sumAbs / elements;
  }

  @JsonIgnore
  public double rms() {
    return elements == 0 ? 0 : Math.sqrt(noise / elements);
  }

  /** Signal to noise in dB; infinite when equal. */
  @JsonIgnore
  public double snr() {
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }

  public boolean passed() {
    return failed == 0;
  }
}
