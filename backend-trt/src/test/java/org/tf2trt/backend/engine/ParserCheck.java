// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Asks TensorRT's own parser about every ONNX file under a folder, on a machine with a GPU:
 *
 * <pre>java -cp ... org.tf2trt.backend.engine.ParserCheck FOLDER RESULT.tsv</pre>
 *
 * RESULT.tsv gets a line {@code file, ACCEPTED | REFUSED | CRASHED, reason} per file as it goes. A
 * parser that takes the process down leaves the line {@code STARTED}; the next start calls that
 * file crashed and goes on with the rest, so that the command is repeated until it ends with 0.
 */
final class ParserCheck {
  private ParserCheck() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path result = Path.of(args[1]);
    Set<String> done = seen(result);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
    }
    try (EngineBuilder builder = TensorRt.open().builder()) {
      for (Path file : files) {
        String name = folder.relativize(file).toString();
        if (done.contains(name)) {
          continue;
        }
        append(result, name + "\tSTARTED\n");
        append(result, name + "\t" + verdict(builder, file) + "\n");
      }
    }
  }

  private static String verdict(EngineBuilder builder, Path file) {
    try {
      ParseReport report = builder.parse(file);
      return report.accepted()
          ? "ACCEPTED"
          : "REFUSED\t" + oneLine(report.diagnostics().toString());
    } catch (DiagnosticException e) {
      return "REFUSED\t" + oneLine(e.getMessage());
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static Set<String> seen(Path result) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    Set<String> judged = new LinkedHashSet<>();
    if (Files.exists(result)) {
      for (String line : Files.readAllLines(result)) {
        String[] parts = line.split("\t", 3);
        names.add(parts[0]);
        if (!parts[1].equals("STARTED")) {
          judged.add(parts[0]);
        }
      }
    }
    for (String name : names) {
      if (!judged.contains(name)) {
        append(result, name + "\tCRASHED\n");
      }
    }
    return names;
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
