// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.verify.compare.OutputResult;

/** What low precision did, for a terminal. */
final class PrecisionText {
  private static final int SHOWN = 3;

  private PrecisionText() {}

  static void print(PrecisionReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d nodes low, %d float32 islands, %d more float32 to save casts, %d casts%n",
        report.precision().name().toLowerCase(Locale.ROOT),
        report.low(),
        report.islands().size(),
        report.wide(),
        report.casts());
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    report
        .islands()
        .forEach((node, why) -> byReason.computeIfAbsent(why, k -> new ArrayList<>()).add(node));
    byReason.forEach((why, nodes) -> out.printf("  %s: %s%n", why, some(nodes)));
    Map<String, Double> errors = new LinkedHashMap<>();
    for (OutputResult o : report.comparison().outputs()) {
      errors.merge(o.name(), o.error(), Math::max);
    }
    errors.forEach(
        (name, error) ->
            out.printf(
                Locale.ROOT,
                "  output %s: error %.1e of its magnitude, allowed %.1e%n",
                name,
                error,
                report.bound()));
    out.flush();
  }

  private static String some(List<String> nodes) {
    String shown = String.join(", ", nodes.subList(0, Math.min(SHOWN, nodes.size())));
    return nodes.size() <= SHOWN ? shown : shown + " and " + (nodes.size() - SHOWN) + " more";
  }
}
