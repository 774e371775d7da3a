// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.verify.check.VerificationState;
import org.tf2trt.verify.statistics.OutputSummary;

/** One page with the report, its data and the library that draws it inside. */
final class HtmlReport {
  private static final String TEMPLATE = "report.html";
  private static final String POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String LIBRARY = "/META-INF/resources/webjars/uplot/%s/dist/";

  private HtmlReport() {}

  /** Writes the page; {@code report} is what the JSON report holds. */
  static void write(ObjectNode report, Outcome outcome, Path file) {
    ObjectNode data = report.deepCopy();
    plots(data.putObject("plots"), outcome.state(), outcome.layers().keySet());
    String library = LIBRARY.formatted(version());
    String page =
        text(TEMPLATE)
            .replace("{{uplot.css}}", text(library + "uPlot.min.css"))
            .replace("{{uplot.js}}", text(library + "uPlot.iife.min.js"))
            // The data must not end the element that it stands in.
            .replace("{{data}}", data.toString().replace("<", "\\u003c"));
    JsonFiles.writeText(page, file);
  }

  private static void plots(ObjectNode plots, VerificationState state, Set<String> layers) {
    for (Map.Entry<String, List<OutputSummary>> e : state.candidates().entrySet()) {
      ObjectNode runtime = plots.putObject(e.getKey());
      for (OutputSummary o : e.getValue()) {
        if (layers.contains(o.name())) {
          continue;
        }
        ObjectNode output = runtime.putObject(o.name());
        ArrayNode errors = output.putArray("errors");
        o.errors().forEach(errors::add);
        ArrayNode points = output.putArray("points");
        o.points().forEach(p -> points.addArray().add(p.get(0)).add(p.get(1)));
      }
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = HtmlReport.class.getResourceAsStream(POM)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return properties.getProperty("version");
  }

  private static String text(String resource) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
