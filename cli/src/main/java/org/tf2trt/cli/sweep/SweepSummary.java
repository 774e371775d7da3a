// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.cli.sweep.SweepResult.Status;

/** Counts of a sweep, and its failures grouped by their first message. */
final class SweepSummary {
  private static final int NAMES_SHOWN = 5;

  private final List<SweepResult> results;

  SweepSummary(List<SweepResult> results) {
    this.results = List.copyOf(results);
  }

  boolean passed() {
    return results.stream().allMatch(SweepResult::passed);
  }

  long count(Status status) {
    return results.stream().filter(r -> r.status() == status).count();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    double seconds = results.stream().mapToDouble(SweepResult::seconds).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d models: %d ok, %d refused as expected, %s%d failed; %.1f s%n",
            results.size(),
            count(Status.OK),
            count(Status.REFUSED),
            notForTensorRt(),
            count(Status.FAIL),
            seconds));
    groups().entrySet().stream()
        .sorted(Comparator.comparing(e -> -e.getValue().size()))
        .forEach(e -> text.append(group(e.getKey(), e.getValue())));
    return text.toString();
  }

  private String notForTensorRt() {
    long count = count(Status.NOT_FOR_TENSORRT);
    return count == 0 ? "" : count + " not for TensorRT, ";
  }

  private Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (SweepResult r : results) {
      if (!r.passed() || r.status() == Status.NOT_FOR_TENSORRT) {
        String message = r.messages().isEmpty() ? "failed" : r.messages().get(0);
        groups.computeIfAbsent(key(message), k -> new ArrayList<>()).add(r.name());
      }
    }
    return groups;
  }

  /**
   * Code and op of a diagnostic, without the node: {@code error[TF012] 'a/b' (Conv2D): text} and
   * {@code error[TF012] Conv2D: text} group by op, others by their first words.
   */
  private static String key(String message) {
    String line = message.lines().findFirst().orElse("").replaceAll("'[^']*'", "'...'");
    line = line.replaceAll("(?<![A-Za-z0-9])[0-9][0-9.e+-]*", "#");
    return line.length() > 120 ? line.substring(0, 120) : line;
  }

  private static String group(String key, List<String> names) {
    int shown = Math.min(NAMES_SHOWN, names.size());
    String more = names.size() > shown ? ", and " + (names.size() - shown) + " more" : "";
    return "  %4d  %s%n        %s%n"
        .formatted(names.size(), key, String.join(", ", names.subList(0, shown)) + more);
  }
}
