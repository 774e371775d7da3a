// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.check.VerificationState;
import org.tf2trt.verify.statistics.Agreement;
import org.tf2trt.verify.statistics.LogHistogram;
import org.tf2trt.verify.statistics.OutputSummary;
import org.tf2trt.verify.statistics.Totals;

/** The report of a verification against TensorFlow; docs/verification.md describes its fields. */
final class VerificationJson {
  private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};
  private static final String[] SHARE_NAMES = {"p50", "p90", "p99", "p99_9"};

  private VerificationJson() {}

  static ObjectNode of(Outcome outcome) {
    ObjectNode root = JsonFiles.object();
    root.put("schema", 1);
    ObjectNode tool = root.putObject("tool");
    tool.put("name", "tf2trt");
    tool.put("version", Converter.version());
    root.put("model", outcome.model());
    root.put("converted", outcome.converted());
    root.put("passed", outcome.passed());
    root.put("passed_by_layer", outcome.passedByLayer());
    root.put("data", outcome.data());
    VerificationState state = outcome.state();
    root.put("calls", state.calls());
    root.put("samples", outcome.samples());
    root.put("seconds", outcome.seconds());
    ObjectNode environment = root.putObject("environment");
    outcome.environment().forEach(environment::put);
    ArrayNode runtimes = root.putArray("runtimes");
    state
        .candidates()
        .forEach((name, outputs) -> put(runtimes.addObject(), name, outputs, outcome));
    return root;
  }

  private static void put(
      ObjectNode node, String name, List<OutputSummary> outputs, Outcome outcome) {
    node.put("name", name);
    node.put("judged", outcome.judged().contains(name));
    node.put("passed", outputs.stream().allMatch(OutputSummary::passed));
    List<OutputSummary> own =
        outputs.stream().filter(o -> !outcome.layers().containsKey(o.name())).toList();
    node.put("required_tolerance", VerificationTable.required(own));
    ArrayNode array = node.putArray("outputs");
    own.forEach(o -> put(array.addObject(), o, Fit.find(outcome.steps(), o.name())));
    if (name.equals(Runtimes.LAYERWISE)) {
      ArrayNode layers = node.putArray("quantised");
      outputs.stream()
          .filter(o -> outcome.layers().containsKey(o.name()))
          .forEach(o -> putLayer(layers.addObject(), o, outcome.layers().get(o.name())));
    }
  }

  private static void putLayer(ObjectNode node, OutputSummary o, double step) {
    node.put("tensor", o.name());
    node.put("passed", o.passed());
    node.put("step", step);
    node.put("steps_off", o.totals().maxAbs() / step);
    node.put("mean_steps_off", o.totals().meanAbs() / step);
  }

  private static void put(ObjectNode node, OutputSummary o, QuantizationStep step) {
    Totals t = o.totals();
    node.put("name", o.name());
    node.put("passed", o.passed());
    node.put("error", t.worst());
    node.put("allowed", t.allowed());
    if (step != null) {
      node.put("quantization_step", step.size());
    }
    node.put("worst_call", t.worstCall());
    node.put("failed_calls", t.failed());
    node.put("elements", t.elements());
    node.put("max_abs", t.maxAbs());
    node.put("max_rel", t.maxRel());
    node.put("mean_abs", t.meanAbs());
    node.put("rms", t.rms());
    node.put("magnitude", t.magnitude());
    node.put("cosine", t.leastCosine());
    node.put("snr_db", Double.isFinite(t.snr()) ? t.snr() : null);
    node.put("non_finite_mismatches", t.nonFinite());
    percentiles(node.putObject("error_percentiles"), o.errors());
    percentiles(node.putObject("relative_error_percentiles"), o.relativeErrors());
    Agreement a = o.agreement();
    if (a.rows() > 0) {
      node.put("top1_agreement", (double) a.top1() / a.rows());
      node.put("top5_agreement", (double) a.top5() / a.rows());
      ArrayNode list = node.putArray("top1_disagreements");
      a.disagreements().forEach(list::add);
    }
    if (a.union() > 0) {
      node.put("mask_iou", (double) a.intersection() / a.union());
    }
    if (a.boxes() > 0) {
      node.put("boxes_matched", (double) a.matched() / a.boxes());
    }
    ArrayNode failures = node.putArray("failures");
    o.failures().forEach(failures::add);
  }

  private static void percentiles(ObjectNode node, List<Long> counts) {
    LogHistogram histogram = LogHistogram.of(counts);
    for (int i = 0; i < SHARES.length; i++) {
      node.put(SHARE_NAMES[i], histogram.percentile(SHARES[i]));
    }
  }
}
