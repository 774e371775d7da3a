// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tf2trt.cli.json.ConversionJson;
import org.tf2trt.cli.json.JsonFiles;

/** An inspection for machines. */
public final class InspectionJson {
  private InspectionJson() {}

  public static String of(Inspection i) {
    ObjectNode root = JsonFiles.object();
    root.put("model", i.model().toString());
    root.put("kind", i.kind());
    root.put("bytes", i.bytes());
    root.put("sha256", i.sha256());
    root.put("supported", i.supported());
    if (i.target().isTensorRt()) {
      root.put("target", i.target().text());
    }
    ObjectNode facts = root.putObject("facts");
    i.facts().forEach(facts::put);
    ArrayNode entries = root.putArray("signatures");
    i.entries().forEach(e -> add(entries.addObject(), e));
    return JsonFiles.text(root);
  }

  private static void add(ObjectNode node, Entry e) {
    node.put("name", e.name());
    ports(node.putArray("inputs"), e.inputs());
    ports(node.putArray("outputs"), e.outputs());
    if (e.stats() != null) {
      node.put("nodes", e.stats().nodes());
      ObjectNode ops = node.putObject("ops");
      e.stats().ops().forEach(ops::put);
    }
    ArrayNode problems = node.putArray("problems");
    e.problems().forEach(d -> ConversionJson.put(problems.addObject(), d));
    if (e.engine() != null) {
      engine(node.putObject("engine"), e.engine());
    }
  }

  private static void engine(ObjectNode node, EngineForm engine) {
    node.put("takes", engine.problems().isEmpty());
    node.put("nodes", engine.stats().nodes());
    ObjectNode rewrites = node.putObject("rewrites");
    engine.rewrites().forEach(rewrites::put);
    ArrayNode problems = node.putArray("problems");
    engine.problems().forEach(d -> ConversionJson.put(problems.addObject(), d));
    ArrayNode warnings = node.putArray("warnings");
    engine.warnings().forEach(d -> ConversionJson.put(warnings.addObject(), d));
  }

  private static void ports(ArrayNode list, List<NamedType> ports) {
    ports.forEach(p -> ConversionJson.port(list.addObject(), p.name(), p.type()));
  }
}
