// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.verify.compare.Comparison;

/** The report of a sweep with engines; written after every engine, so that a crash loses one. */
final class EngineJson {
  private EngineJson() {}

  static void write(List<ObjectNode> results, Path file) {
    ObjectNode root = JsonFiles.object();
    root.put("results", results.size());
    root.put(
        "failed", results.stream().filter(r -> r.path("status").asText().equals("fail")).count());
    ArrayNode list = root.putArray("engines");
    results.forEach(list::add);
    JsonFiles.write(root, file);
  }

  static ObjectNode of(EngineResult r) {
    ObjectNode node = JsonFiles.object();
    node.put("name", r.name());
    node.put("precision", r.precision());
    node.put("status", name(r.status()));
    node.put("seconds", r.seconds());
    node.put("build_seconds", r.buildSeconds());
    node.put("plan_bytes", r.planBytes());
    comparison(node, "simulated", r.simulated());
    comparison(node, "onnxruntime", r.onnx());
    comparison(node, "engine", r.engine());
    comparison(node, "engine_against_onnxruntime", r.against());
    if (r.topOne() != null) {
      ObjectNode top = node.putObject("top1");
      top.put("samples", r.topOne().samples());
      top.put("agreeing", r.topOne().agreeing());
      top.put("share", r.topOne().share());
    }
    r.messages().forEach(node.putArray("messages")::add);
    return node;
  }

  /** How a report spells a status. */
  static String name(SweepResult.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static void comparison(ObjectNode node, String name, Comparison comparison) {
    if (comparison == null) {
      return;
    }
    ObjectNode c = node.putObject(name);
    c.put("passed", comparison.passed());
    c.put("error", comparison.error());
    ArrayNode outputs = c.putArray("outputs");
    comparison.outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
  }
}
