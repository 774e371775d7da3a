// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.tf2trt.convert.precision.PrecisionReport;

/** The report of low precision. */
public final class PrecisionJson {
  private PrecisionJson() {}

  public static void put(ObjectNode node, PrecisionReport report) {
    node.put("type", report.precision().name().toLowerCase(Locale.ROOT));
    node.put("nodes_low", report.low());
    node.put("nodes_float32_to_save_casts", report.wide());
    node.put("casts", report.casts());
    node.put("max_error", report.bound());
    node.put("error", report.comparison().error());
    node.put("error_in_onnxruntime", report.mixed().error());
    node.put("trials", report.trials());
    ObjectNode islands = node.putObject("islands");
    report.islands().forEach(islands::put);
    ArrayNode outputs = node.putArray("outputs");
    report.comparison().outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
  }
}
