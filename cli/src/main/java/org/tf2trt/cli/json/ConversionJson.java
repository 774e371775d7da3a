// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Diagnostic;

/** The report of a conversion. */
public final class ConversionJson {
  private ConversionJson() {}

  public static ObjectNode of(Conversion c) {
    ObjectNode root = JsonFiles.object();
    ObjectNode tool = root.putObject("tool");
    tool.put("name", "tf2trt");
    tool.put("version", Converter.version());
    ObjectNode source = root.putObject("source");
    source.put("model", c.model().toString());
    source.put("kind", c.kind());
    source.put("sha256", c.sourceHash());
    stats(source, c.before());
    ObjectNode onnx = root.putObject("onnx");
    onnx.put("file", c.written().model().toString());
    onnx.put("external_data", c.written().externalData().map(Object::toString).orElse(null));
    onnx.put("bytes", c.written().bytes());
    stats(onnx, c.after());
    onnx.put("transposes_inside", c.after().transposesInside());
    ports(onnx, c.graph());
    if (!c.state().isEmpty()) {
      StateJson.put(onnx.putArray("state"), c.state());
    }
    c.precision().ifPresent(p -> PrecisionJson.put(root.putObject("precision"), p));
    counts(root.putObject("rules"), c.rules());
    ObjectNode times = root.putObject("milliseconds");
    c.nanoseconds().forEach((step, ns) -> times.put(step, ns / 1e6));
    times.put("total", c.seconds() * 1e3);
    ArrayNode diagnostics = root.putArray("diagnostics");
    c.warnings().forEach(d -> put(diagnostics.addObject(), d));
    return root;
  }

  private static void stats(ObjectNode node, GraphStats stats) {
    node.put("nodes", stats.nodes());
    counts(node.putObject("ops"), stats.ops());
  }

  private static void counts(ObjectNode node, Map<String, Integer> counts) {
    counts.forEach(node::put);
  }

  private static void ports(ObjectNode node, Graph graph) {
    ArrayNode inputs = node.putArray("inputs");
    for (Value.Param p : graph.params()) {
      port(inputs.addObject(), p.name(), p.type());
    }
    ArrayNode outputs = node.putArray("outputs");
    for (int i = 0; i < graph.outputs().size(); i++) {
      port(outputs.addObject(), graph.outputNames().get(i), graph.outputs().get(i).type());
    }
  }

  /** Name, dtype and shape; symbolic dims as text, unknown ones as null. */
  public static void port(ObjectNode node, String name, TensorType type) {
    node.put("name", name);
    node.put("dtype", type.dtype().text());
    if (!type.shape().isRanked()) {
      node.putNull("shape");
      return;
    }
    ArrayNode shape = node.putArray("shape");
    type.shape()
        .dims()
        .forEach(
            d -> {
              if (d.isKnown()) {
                shape.add(d.size());
              } else if (d.isUnknown()) {
                shape.addNull();
              } else {
                shape.add(d.toString());
              }
            });
  }

  public static void put(ObjectNode node, Diagnostic d) {
    node.put("severity", d.severity().text());
    node.put("code", d.code().id());
    node.put("subject", d.subject());
    node.put("message", d.message());
    node.put("next_step", d.nextStep());
  }
}
