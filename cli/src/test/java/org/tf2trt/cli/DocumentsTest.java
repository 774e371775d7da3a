// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.PassSpec;
import org.tf2trt.frontend.lower.Lowerings;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.rewrite.Rewrite;
import org.tf2trt.passes.rewrite.Rule;
import picocli.CommandLine;

/** Documents that list what the code has are compared with the code; see {@link Page}. */
class DocumentsTest {
  @Test
  void passesAreDocumentedAsTheyAre() {
    StringBuilder order =
        new StringBuilder("| | pass | | what it does |\n| --- | --- | --- | --- |\n");
    StringBuilder rules = new StringBuilder();
    Set<String> seen = new LinkedHashSet<>();
    int number = 0;
    for (Pass pass : Converter.everyPass()) {
      boolean newer = pass.name().equals(Pipelines.ATTENTION);
      String kind = PassSpec.isRequired(pass) ? "required" : newer ? "`--opset 23`" : "";
      order.append(
          "| %d | `%s` | %s | %s |%n".formatted(++number, pass.name(), kind, pass.summary()));
      if (pass instanceof Rewrite r && seen.add(pass.name())) {
        rules.append(rules(r, seen));
      }
    }
    Page page = Page.of("passes.md");
    page.assertGenerated("pipeline", order.toString());
    page.assertGenerated("rules", rules.toString().stripTrailing() + "\n");
  }

  /** The rules that were not shown before; a later pass often repeats those of an earlier one. */
  private static String rules(Rewrite pass, Set<String> seen) {
    List<Rule> own = pass.rules().stream().filter(r -> seen.add("rule " + r.name())).toList();
    int repeated = pass.rules().size() - own.size();
    String text = "### Rules of `%s`%n%nTo %s.%n%n".formatted(pass.name(), pass.summary());
    if (repeated > 0) {
      text += "It also applies %d rules of the passes above.%n%n".formatted(repeated);
    }
    return own.stream()
        .map(r -> "| %s | `%s` |%n".formatted(r.name(), r.algebra().replace("|", "\\|")))
        .collect(Collectors.joining("", text + "| rule | rewrites |\n| --- | --- |\n", "\n"));
  }

  @Test
  void everyOpHasATheme() {
    Set<String> listed =
        Lowerings.builtIn().themes().values().stream()
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    assertEquals(Lowerings.builtIn().ops(), listed);
  }

  @Test
  void commandsAreDocumentedAsTheyAre() {
    CommandLine top = Main.commandLine();
    StringBuilder text = new StringBuilder(help("tf2trt", top));
    top.getSubcommands().forEach((name, command) -> text.append(help("tf2trt " + name, command)));
    Page.of("cli.md").assertGenerated("help", text.toString().stripTrailing() + "\n");
  }

  private static String help(String title, CommandLine command) {
    String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    String lines = usage.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    return "## %s%n%n```%n%s%n```%n%n".formatted(title, lines.strip());
  }

  @Test
  void errorsAreTheCodesInOrder() {
    List<String> expected = Arrays.stream(Code.values()).map(DocumentsTest::heading).toList();
    List<String> found =
        Page.of("errors.md").text().lines().filter(l -> l.startsWith("### ")).toList();
    assertEquals(expected, found);
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeShowsAMessage(Code code) {
    String page = Page.of("errors.md").text();
    int from = page.indexOf(heading(code)) + 1;
    int next = page.indexOf("\n### ", from);
    String section = page.substring(from, next < 0 ? page.length() : next);
    // Some codes only warn.
    boolean shown =
        section.contains("\n    error[" + code.id() + "] ")
            || section.contains("\n    warning[" + code.id() + "] ");
    assertTrue(shown, section);
  }

  private static String heading(Code code) {
    return "### " + code.id() + ": " + code.title();
  }
}
