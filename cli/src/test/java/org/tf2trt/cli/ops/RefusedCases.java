// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What sweeps of the larger suites refuse, from the lists that {@code bench/refused.sh} and {@code
 * ParserCheck} make.
 */
final class RefusedCases {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern QUOTED = Pattern.compile(":? ?'[^']*'(, '[^']*')*");
  private static final String ONNX = "ONNX";

  /** A line of {@code refused.tsv}. */
  private record Case(String name, String target, String reason) {}

  private final Map<String, Integer> swept = new TreeMap<>();
  private final List<Case> cases = new ArrayList<>();
  private final Set<String> parser = new TreeSet<>();

  private RefusedCases() {}

  static RefusedCases read() throws IOException {
    RefusedCases read = new RefusedCases();
    for (String line : Files.readAllLines(DOCS.resolve("refused.tsv"))) {
      if (line.startsWith("# swept: ")) {
        for (String suite : line.substring("# swept: ".length()).split(", ")) {
          String[] parts = suite.split(" ");
          read.swept.put(parts[0], Integer.parseInt(parts[1]));
        }
      } else if (!line.startsWith("case\t")) {
        String[] cells = line.split("\t");
        read.cases.add(new Case(cells[0], cells[1], cells[2]));
      }
    }
    Files.readAllLines(DOCS.resolve("gpu/parser-refused.tsv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf('\t')).replace(" (Q/DQ)", ""))
        .forEach(read.parser::add);
    return read;
  }

  /** What ONNX cannot express, suite by suite. */
  String table() {
    StringBuilder text = new StringBuilder("| suite | cases | refused |\n| --- | ---: | ---: |\n");
    swept.forEach(
        (suite, count) ->
            text.append("| `%s` | %d | %d |%n".formatted(suite, count, refused(suite))));
    text.append("\n| why | cases | |\n| --- | ---: | --- |\n");
    groups(c -> c.target().equals(ONNX), RefusedCases::why)
        .forEach((why, names) -> text.append(row(why, names)));
    return text.toString().replace("\r", "");
  }

  private long refused(String suite) {
    return cases.stream()
        .filter(c -> c.target().equals(ONNX) && c.name().startsWith(suite + "/"))
        .count();
  }

  /** What ONNX expresses and TensorRT is not expected to take. */
  String tensorRtTable() {
    StringBuilder text =
        new StringBuilder(
            "| why | cases | | refused by the parsers |\n| --- | ---: | --- | --- |\n");
    groups(c -> !c.target().equals(ONNX), RefusedCases::why)
        .forEach(
            (why, names) -> {
              Set<String> known = new TreeSet<>(names);
              known.retainAll(parser);
              String line = row(why, names).stripTrailing();
              text.append(line + " " + listed(known) + " |\n");
            });
    return text.toString().replace("\r", "");
  }

  /** Cases that a parser refuses although nothing was reported beforehand. */
  Set<String> unforeseen() {
    Set<String> left = new TreeSet<>(parser);
    cases.forEach(c -> left.remove(c.name()));
    return left;
  }

  private static String row(String why, Set<String> names) {
    return "| %s | %d | %s |%n".formatted(why.replace("|", "\\|"), names.size(), listed(names));
  }

  private static String listed(Set<String> names) {
    return names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
  }

  private Map<String, Set<String>> groups(
      java.util.function.Predicate<Case> wanted, java.util.function.UnaryOperator<String> why) {
    Map<String, Set<String>> groups = new TreeMap<>();
    cases.stream()
        .filter(wanted)
        .forEach(
            c -> groups.computeIfAbsent(why.apply(c.reason()), k -> new TreeSet<>()).add(c.name()));
    return groups;
  }

  /** The reasons without the names of nodes, each once; the address before a rank is one too. */
  private static String why(String reason) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : reason.split("; ")) {
      String plain = QUOTED.matcher(part).replaceAll("").replaceAll("^(TF\\d+): ", "$1 ");
      plain = plain.replaceAll("^(TF\\d+) \\w+: (its rank is not known)$", "$1 $2");
      plain = plain.replaceAll("^(TF\\d+) \\((\\w+)\\):? ", "$1 $2: ");
      parts.add(plain);
    }
    return String.join("; ", parts);
  }
}
