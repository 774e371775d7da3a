// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.cli.Page;
import org.tf2trt.cli.ops.CaseConversions.Made;
import org.tf2trt.convert.GoldenCases;
import org.tf2trt.frontend.lower.Lowerings;

/** The page of ops is what the code and conversions of the golden cases say. */
class OpsPageTest {
  private static final String HEAD =
      "| op | ONNX | TensorRT | cases |\n| --- | --- | --- | --- |\n";

  @TempDir private Path folder;

  @Test
  void opsAreDocumentedAsTheyAre() throws IOException {
    Map<String, Map<String, byte[]>> cases = GoldenCases.read();
    Refusals refusals = Refusals.read();
    Set<String> ops = Lowerings.builtIn().ops();
    StringBuilder text = new StringBuilder();
    int count = cases.values().stream().mapToInt(Map::size).sum();
    text.append("%d ops, %d cases.%n".formatted(ops.size(), count));
    for (Map.Entry<String, Set<String>> theme : Lowerings.builtIn().themes().entrySet()) {
      text.append("%n### %s%n%n%s".formatted(theme.getKey(), HEAD));
      for (String op : theme.getValue()) {
        text.append(row(op, cases.getOrDefault(op, Map.of())));
      }
      refusals
          .of(theme.getValue())
          .forEach(
              (of, messages) ->
                  text.append("%nRefused by %s: %s.%n".formatted(of, String.join("; ", messages))));
    }
    Page.of("ops.md").assertGenerated("ops", text.toString().replace("\r", ""));
  }

  private String row(String op, Map<String, byte[]> cases) throws IOException {
    Map<String, Made> made = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> c : cases.entrySet()) {
      made.put(c.getKey(), new CaseConversions(folder).of(op, c.getValue()));
    }
    Set<String> onnx = new TreeSet<>();
    made.values().forEach(m -> onnx.addAll(m.onnx()));
    String into = made.isEmpty() ? "" : onnx.isEmpty() ? "folded" : String.join(", ", onnx);
    String names =
        cases.isEmpty() ? "none" : cases.size() + ": " + String.join(", ", cases.keySet());
    return "| `%s` | %s | %s | %s |%n".formatted(op, into, tensorRt(made), names);
  }

  private static String tensorRt(Map<String, Made> made) {
    List<String> reasons = new ArrayList<>();
    made.forEach((name, m) -> m.refusal().ifPresent(r -> reasons.add(name + ": " + r)));
    boolean rewritten = made.values().stream().anyMatch(Made::rewritten);
    if (made.isEmpty()) {
      return "";
    }
    if (reasons.isEmpty()) {
      return rewritten ? "rewritten" : "legal";
    }
    String share =
        reasons.size() == made.size()
            ? "not"
            : "%d of %d".formatted(made.size() - reasons.size(), made.size());
    return share + "; " + reasons.get(0).replace("|", "\\|");
  }

  @Test
  void opsWithoutLoweringAreDocumentedAsTheyAre() {
    StringBuilder text = new StringBuilder();
    OpFamilies.of(Lowerings.builtIn().ops())
        .forEach(
            (title, ops) ->
                text.append(
                    "| %s | %d | %s |%n".formatted(title, ops.size(), String.join(", ", ops))));
    Page.of("ops.md").assertGenerated("others", "| why | ops | |\n| --- | ---: | --- |\n" + text);
  }

  @Test
  void refusedCasesAreListedWithTheirReasons() throws IOException {
    RefusedCases refused = RefusedCases.read();
    Page.of("ops.md").assertGenerated("refused", refused.table());
    Page.of("ops.md").assertGenerated("not for TensorRT", refused.tensorRtTable());
    assertEquals(Set.of(), refused.unforeseen());
  }
}
