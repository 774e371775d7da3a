// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.tf2trt.backend.engine.Probe;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.cli.json.ConversionJson;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.convert.Converter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tf2trt doctor}. */
@Command(
    name = "doctor",
    description = {
      "Say what this machine has for TensorRT engines, what is missing, and how to get it.",
      "Ends with 1 when something is missing. Conversion to ONNX needs none of it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  tf2trt doctor", "  tf2trt doctor --json", ""})
final class DoctorCommand implements Callable<Integer> {
  private static final int NAME_WIDTH = 14;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    Probe probe = TensorRt.probe();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? JsonFiles.text(json(probe)) : text(probe));
    out.flush();
    return probe.usable() ? ExitCode.OK : ExitCode.MODEL;
  }

  private static String text(Probe probe) {
    StringBuilder text = new StringBuilder();
    for (Probe.Item item : probe.items()) {
      text.append(
          ("  %-7s  %-" + NAME_WIDTH + "s  %s%n")
              .formatted(Words.of(item.state()), item.name(), item.detail()));
    }
    text.append(System.lineSeparator());
    if (probe.usable()) {
      text.append("engines can be built and run here%n".formatted());
    } else {
      text.append("engines cannot be built here:%n".formatted());
      probe.problems().forEach(d -> text.append("  %s%n".formatted(d.text())));
    }
    return text.toString();
  }

  private static ObjectNode json(Probe probe) {
    ObjectNode root = JsonFiles.object();
    root.put("tf2trt", Converter.version());
    root.put("java", System.getProperty("java.version"));
    root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.put("usable", probe.usable());
    ArrayNode items = root.putArray("items");
    for (Probe.Item item : probe.items()) {
      ObjectNode node = items.addObject();
      node.put("name", item.name());
      node.put("state", Words.of(item.state()));
      node.put("detail", item.detail());
      item.problem().ifPresent(d -> ConversionJson.put(node.putObject("problem"), d));
    }
    return root;
  }
}
