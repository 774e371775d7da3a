// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.Deviation;
import org.tf2trt.passes.precision.IslandSearch;
import org.tf2trt.passes.precision.PrecisionPlan;
import org.tf2trt.passes.precision.PrecisionProbe;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Metrics;
import org.tf2trt.verify.compare.OutputResult;

/**
 * A probe in ONNX Runtime. The reference of each sample is what the same network gives with every
 * switch off. Outputs that are not floats, and those whose shape depends on the data, have no error
 * here.
 */
public final class ProbeRun implements IslandSearch.Trial, AutoCloseable {
  private final PrecisionProbe probe;
  private final TemporaryModel model;
  private final List<Map<String, TensorData>> samples;
  private final List<Map<String, TensorData>> references = new ArrayList<>();
  private int worstSample;

  private ProbeRun(
      PrecisionProbe probe, TemporaryModel model, List<Map<String, TensorData>> samples) {
    this.probe = probe;
    this.model = model;
    this.samples = List.copyOf(samples);
  }

  /**
   * Writes and loads the probe of a plan and computes the references.
   *
   * @param opset to write it in
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code RUNTIME_FAILED} when it does not run
   */
  public static ProbeRun open(
      PrecisionPlan plan, int opset, List<Map<String, TensorData>> samples) {
    PrecisionProbe probe = PrecisionProbe.of(plan);
    ProbeRun run = new ProbeRun(probe, TemporaryModel.of(probe.graph(), opset), samples);
    try {
      for (Map<String, TensorData> sample : samples) {
        run.references.add(run.outputs(sample, Set.of()));
      }
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
    return run;
  }

  @Override
  public Deviation of(Set<Node> low) {
    double worst = 0;
    double energy = 0;
    for (int i = 0; i < samples.size(); i++) {
      Deviation one = of(i, low);
      if (i == 0 || one.worst() > worst) {
        worst = one.worst();
        worstSample = i;
      }
      energy += one.energy();
    }
    return new Deviation(worst, energy);
  }

  @Override
  public Deviation onWorst(Set<Node> low) {
    return of(worstSample, low);
  }

  private Deviation of(int sample, Set<Node> low) {
    double worst = 0;
    double energy = 0;
    for (OutputResult o : compare(sample, low, 0)) {
      Metrics m = o.metrics();
      worst = Math.max(worst, m.nonFinite() > 0 ? Double.POSITIVE_INFINITY : m.scaled());
      double scale = m.magnitude() == 0 ? 1 : m.magnitude();
      energy += m.nonFinite() > 0 ? Double.POSITIVE_INFINITY : square(m.rms() / scale);
    }
    return new Deviation(worst, energy);
  }

  private static double square(double x) {
    return x * x;
  }

  /** Every float output of every sample against its reference. */
  public Comparison compare(Set<Node> low, double bound) {
    List<OutputResult> results = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      results.addAll(compare(i, low, bound));
    }
    return new Comparison(results);
  }

  private List<OutputResult> compare(int sample, Set<Node> low, double bound) {
    return Evidence.compare(outputs(samples.get(sample), low), references.get(sample), bound);
  }

  /**
   * The outputs of the rewritten graph itself, wherever its inputs and outputs are low, against the
   * references. ONNX Runtime computes float16 on most CPUs in float32, without rounding between
   * nodes, so this shows that the graph is right rather than how accurate it is.
   *
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code RUNTIME_FAILED} when it does not run
   */
  public Comparison compareMixed(Graph mixed, int opset, double bound) {
    try (TemporaryModel written = TemporaryModel.of(mixed, opset)) {
      return evidence().compare(written.runner(), bound);
    }
  }

  /** What was measured on, with the outputs of the float32 network. */
  public Evidence evidence() {
    return new Evidence(samples, references);
  }

  private Map<String, TensorData> outputs(Map<String, TensorData> sample, Set<Node> low) {
    Map<String, TensorData> feeds = new LinkedHashMap<>(sample);
    feeds.put(probe.switches(), probe.low(low));
    return model.runner().run(feeds);
  }

  @Override
  public void close() {
    model.close();
  }
}
