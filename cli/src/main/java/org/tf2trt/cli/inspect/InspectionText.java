// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection for people. */
public final class InspectionText {
  private InspectionText() {}

  public static String of(Inspection i) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s, %s on disk%n".formatted(i.model(), i.kind(), size(i.bytes())));
    i.facts().forEach((k, v) -> text.append("  %-18s %s%n".formatted(k, v)));
    i.entries().forEach(e -> entry(text, e, i));
    return text.toString();
  }

  private static void entry(StringBuilder text, Entry e, Inspection i) {
    boolean onnx = i.kind().equals("ONNX");
    text.append(e.name().isEmpty() ? "%n".formatted() : "%nsignature %s%n".formatted(e.name()));
    ports(text, "in", e.inputs());
    ports(text, "out", e.outputs());
    if (e.stats() != null) {
      String what = onnx ? "nodes" : "nodes that the outputs need, functions inlined";
      text.append("  %d %s%n".formatted(e.stats().nodes(), what));
      text.append(ops(e.stats().ops()).indent(4));
    }
    if (e.engine() != null) {
      engine(text, e.engine(), EngineForm.title(i.target()));
    } else if (e.problems().isEmpty()) {
      text.append(onnx ? "  valid%n".formatted() : "  every op is supported%n".formatted());
    }
    e.problems().forEach(d -> text.append("  ").append(d.text()).append("%n".formatted()));
  }

  private static void engine(StringBuilder text, EngineForm engine, String name) {
    if (engine.problems().isEmpty()) {
      text.append("  %s: taken, as %d nodes%n".formatted(name, engine.stats().nodes()));
    } else {
      text.append("  %s: not taken%n".formatted(name));
    }
    if (!engine.rewrites().isEmpty()) {
      String rules =
          engine.rewrites().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue())
              .collect(Collectors.joining(", "));
      text.append("    rewritten for it: %s%n".formatted(rules));
    }
    engine.problems().forEach(d -> text.append("    ").append(d.text()).append("%n".formatted()));
    engine.warnings().forEach(d -> text.append("    ").append(d.text()).append("%n".formatted()));
  }

  private static void ports(StringBuilder text, String side, List<NamedType> ports) {
    int width = ports.stream().mapToInt(p -> p.name().length()).max().orElse(1);
    for (NamedType p : ports) {
      text.append(("  %-3s  %-" + width + "s  %s%n").formatted(side, p.name(), p.type()));
    }
  }

  /** Most frequent first. */
  private static String ops(Map<String, Integer> ops) {
    return ops.entrySet().stream()
        .sorted(Comparator.comparing(e -> -e.getValue()))
        .map(e -> String.format(Locale.ROOT, "%6d  %s", e.getValue(), e.getKey()))
        .collect(Collectors.joining("\n"));
  }

  /** Bytes in a unit that keeps the number short. */
  static String size(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
