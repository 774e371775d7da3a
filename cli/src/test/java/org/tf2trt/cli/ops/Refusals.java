// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lowerings say when they refuse a form, read from their sources. */
final class Refusals {
  private static final Path SOURCES =
      Path.of("..", "frontend-tf", "src", "main", "java", "org", "tf2trt", "frontend");

  private static final Pattern REFUSAL = Pattern.compile("\\brefuse\\(");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern WORD = Pattern.compile("[A-Z]\\w+");

  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, Set<String>> opsByFile = new TreeMap<>();
  private final Map<String, Set<String>> messagesByFile = new TreeMap<>();

  private Refusals() {}

  static Refusals read() throws IOException {
    Refusals read = new Refusals();
    for (String folder : new String[] {"lower", "flow"}) {
      try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          read.sources.put(name, Files.readString(file));
        }
      }
    }
    read.index();
    return read;
  }

  private void index() {
    Map<String, Set<String>> own = new TreeMap<>();
    sources.forEach((name, source) -> own.put(name, refusals(source)));
    for (Map.Entry<String, String> file : sources.entrySet()) {
      if (!file.getValue().contains("addTo(LoweringTable")) {
        continue;
      }
      Set<String> messages = new LinkedHashSet<>(own.get(file.getKey()));
      Matcher words = WORD.matcher(file.getValue());
      while (words.find()) {
        String used = sources.getOrDefault(words.group(), "addTo(");
        if (!used.contains("addTo(")) {
          messages.addAll(own.get(words.group()));
        }
      }
      opsByFile.put(file.getKey(), texts(file.getValue()));
      messagesByFile.put(file.getKey(), messages);
    }
  }

  /** Messages by the ops whose class, or a class that this uses, may give them. */
  Map<String, Set<String>> of(Set<String> ops) {
    Map<String, Set<String>> found = new TreeMap<>();
    opsByFile.forEach(
        (name, all) -> {
          Set<String> own = new TreeSet<>(all);
          own.retainAll(ops);
          Set<String> messages = messagesByFile.get(name);
          if (!own.isEmpty() && !messages.isEmpty()) {
            found.put(own.stream().collect(Collectors.joining("`, `", "`", "`")), messages);
          }
        });
    return found;
  }

  private static Set<String> refusals(String source) {
    Set<String> messages = new LinkedHashSet<>();
    Matcher m = REFUSAL.matcher(source);
    while (m.find()) {
      Set<String> parts = texts(firstArgument(source, m.end()));
      if (!parts.isEmpty()) {
        messages.add(String.join("...", parts).strip());
      }
    }
    return messages;
  }

  /** From behind the opening parenthesis to the first comma outside of quotes and parentheses. */
  private static String firstArgument(String source, int from) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"' && source.charAt(i - 1) != '\\') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0 || depth == 0 && c == ',') {
          return source.substring(from, i);
        }
      }
    }
    return "";
  }

  private static Set<String> texts(String source) {
    Set<String> texts = new LinkedHashSet<>();
    Matcher m = TEXT.matcher(source);
    while (m.find()) {
      texts.add(m.group(1));
    }
    return texts;
  }
}
