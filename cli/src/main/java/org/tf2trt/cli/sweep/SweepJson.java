// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.verify.SweepAgainstTensorFlow;

/** The report of a sweep. */
final class SweepJson {
  private SweepJson() {}

  static void write(List<SweepResult> results, Path file) {
    SweepSummary summary = new SweepSummary(results);
    ObjectNode root = JsonFiles.object();
    root.put("models", results.size());
    for (SweepResult.Status s : SweepResult.Status.values()) {
      root.put(s.name().toLowerCase(Locale.ROOT), summary.count(s));
    }
    ArrayNode list = root.putArray("results");
    results.forEach(r -> add(list.addObject(), r));
    JsonFiles.write(root, file);
  }

  private static void add(ObjectNode node, SweepResult r) {
    node.put("name", r.name());
    node.put("status", r.status().name().toLowerCase(Locale.ROOT));
    node.put("seconds", r.seconds());
    if (r.conversion() != null) {
      node.put("onnx", r.conversion().written().model().toString());
      node.put("nodes", r.conversion().after().nodes());
      node.put("transposes_inside", r.conversion().after().transposesInside());
      node.put("bytes", r.conversion().written().bytes());
      if (!r.conversion().steps().isEmpty()) {
        ObjectNode steps = node.putObject("quantization_steps");
        r.conversion().stepSizes().forEach(steps::put);
      }
    }
    if (r.comparison() != null) {
      node.put("error", r.comparison().error());
      ArrayNode outputs = node.putArray("outputs");
      r.comparison().outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
    }
    if (r.reference() != null) {
      SweepAgainstTensorFlow.Result reference = r.reference();
      ObjectNode tensorFlow = node.putObject("tensorflow");
      tensorFlow.put("passed", reference.passed());
      tensorFlow.put("data", reference.data());
      tensorFlow.put("error", reference.error());
      reference.byLayer().ifPresent(e -> tensorFlow.put("error_by_layer", e));
      tensorFlow.put("whole", reference.whole());
      tensorFlow.put("error_on_goldens", reference.converted().error());
      tensorFlow.put("goldens_apart", reference.reference().error());
    }
    ArrayNode messages = node.putArray("messages");
    r.messages().forEach(messages::add);
  }
}
