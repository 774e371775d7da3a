// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.PassSpec;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.rewrite.Rewrite;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tf2trt passes}. */
@Command(
    name = "passes",
    description =
        "List the passes of a conversion in order, and the rules in them. The last ones run for"
            + " TensorRT only.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  tf2trt passes", "  tf2trt passes --rules", ""})
final class PassesCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--rules", description = "Show the rules of each pass with their algebra.")
  private boolean rules;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Boolean> shown = new LinkedHashMap<>();
    for (Pass pass : Converter.everyPass()) {
      boolean again = shown.put(pass.name(), true) != null;
      String kind = PassSpec.isRequired(pass) ? "required" : "optional";
      String what = again ? "(again)" : pass.summary();
      out.println("%-32s %-9s %s".formatted(pass.name(), kind, what).stripTrailing());
      if (rules && !again && pass instanceof Rewrite r) {
        r.rules()
            .forEach(rule -> out.println("    %-40s %s".formatted(rule.name(), rule.algebra())));
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
