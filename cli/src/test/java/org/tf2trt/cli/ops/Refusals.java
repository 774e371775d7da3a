// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
import org.tf2trt.frontend.lower.LoweringTable;

/** What lowerings say when they refuse a form, read from their sources. */
final class Refusals {
  private static final Path SOURCES =
      Path.of("..", "frontend-tf", "src", "main", "java", "org", "tf2trt", "frontend");

  private static final Pattern REFUSAL = Pattern.compile("\\brefuse\\(");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern WORD = Pattern.compile("[A-Z]\\w+");

  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, String> packages = new TreeMap<>();
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
          read.packages.put(name, "org.tf2trt.frontend." + folder);
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
      opsByFile.put(file.getKey(), added(file.getKey()));
      messagesByFile.put(file.getKey(), messages);
    }
    // A class that calls another one's addTo adds its ops too.
    Map<String, Set<String>> all = new TreeMap<>(opsByFile);
    for (Map.Entry<String, Set<String>> file : all.entrySet()) {
      Set<String> only = new TreeSet<>(file.getValue());
      all.values().stream().filter(o -> o.size() < file.getValue().size()).forEach(only::removeAll);
      opsByFile.put(file.getKey(), only);
    }
  }

  /** The ops that a class adds a lowering for. */
  private Set<String> added(String name) {
    LoweringTable table = new LoweringTable();
    try {
      Class<?> owner = Class.forName(packages.get(name) + "." + name);
      Method add = owner.getDeclaredMethod("addTo", LoweringTable.class);
      if (!Modifier.isStatic(add.getModifiers())) {
        return Set.of(); // the interface for those of users
      }
      add.setAccessible(true);
      add.invoke(null, table);
    } catch (InvocationTargetException e) {
      return texts(sources.get(name)); // it builds on what others have added
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " does not add its lowerings", e);
    }
    return table.ops();
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
