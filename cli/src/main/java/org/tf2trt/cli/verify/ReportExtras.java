// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * What other commands found out about the model: how it was converted, how fast its engines are.
 */
final class ReportExtras {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode conversion;
  private final ArrayNode latency = MAPPER.createArrayNode();

  /**
   * Reads what the options name.
   *
   * @throws DiagnosticException {@code BAD_DATA} for files of another kind, and for the conversion
   *     of another model
   */
  ReportExtras(VerifyOptions options, TfModel original) {
    this.conversion = conversion(options, original);
    for (Path file : options.benches) {
      JsonNode bench = read(file, "--bench", "tf2trt bench OUT.plan --json");
      if (!bench.path("gpu_us").path("p50").isNumber()) {
        throw bad(file, "--bench", "it has no times", "tf2trt bench OUT.plan --json");
      }
      latency.add(bench);
    }
  }

  private static ObjectNode conversion(VerifyOptions options, TfModel original) {
    if (options.conversion == null) {
      return options.converted;
    }
    String how = "tf2trt convert MODEL -o OUT --report FILE.json";
    JsonNode read = read(options.conversion, "--conversion", how);
    if (!read.path("rules").isObject() || !read.path("source").path("sha256").isTextual()) {
      throw bad(options.conversion, "--conversion", "it is no report of a conversion", how);
    }
    if (!read.path("source").path("sha256").asText().equals(original.sha256())) {
      throw bad(options.conversion, "--conversion", "it is of another model", how);
    }
    return (ObjectNode) read;
  }

  private static JsonNode read(Path file, String option, String how) {
    try {
      JsonNode read = MAPPER.readTree(file.toFile());
      if (read instanceof ObjectNode) {
        return read;
      }
    } catch (IOException e) {
      throw bad(
          file, option, "it cannot be read: " + e.getMessage().lines().findFirst().orElse(""), how);
    }
    throw bad(file, option, "it is no JSON object", how);
  }

  private static DiagnosticException bad(Path file, String option, String what, String how) {
    return DiagnosticException.of(
        Code.BAD_DATA, option + " " + file, what, "make the file with: " + how);
  }

  /** Adds {@code ops}, and {@code conversion} and {@code latency} where they are known. */
  void put(ObjectNode report, Graph imported, Optional<Graph> onnx) {
    ObjectNode ops = report.putObject("ops");
    count(ops.putObject("original"), imported);
    onnx.ifPresent(g -> count(ops.putObject("converted"), g));
    if (conversion != null) {
      ObjectNode node = report.putObject("conversion");
      for (String field : new String[] {"rules", "milliseconds", "diagnostics"}) {
        node.set(field, conversion.path(field));
      }
      node.set("transposes_inside", conversion.path("onnx").path("transposes_inside"));
      node.set("bytes", conversion.path("onnx").path("bytes"));
    }
    if (!latency.isEmpty()) {
      report.set("latency", latency);
    }
  }

  private static void count(ObjectNode node, Graph graph) {
    GraphStats.of(graph).ops().forEach(node::put);
  }
}
