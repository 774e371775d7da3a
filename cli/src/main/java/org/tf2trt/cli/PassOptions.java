// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ExplainRule;
import org.tf2trt.convert.GraphDumps;
import org.tf2trt.convert.PassSpec;
import org.tf2trt.passes.Explain;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassRunner;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that choose passes and look into them. */
final class PassOptions {
  @Option(
      names = "--passes",
      paramLabel = "SPEC",
      description =
          "Which optional passes run: 'a,b' only these, in this order; '-a,-b' all but these, a"
              + " pass or a rule each. See tf2trt passes.")
  private String passes = "";

  @Option(
      names = "--print-before",
      paramLabel = "PASS",
      split = ",",
      description = "Print the graph to stderr before a pass; 'all' for every pass.")
  private Set<String> before = new LinkedHashSet<>();

  @Option(
      names = "--print-after",
      paramLabel = "PASS",
      split = ",",
      description = "Print the graph to stderr after a pass; 'all' for every pass.")
  private Set<String> after = new LinkedHashSet<>();

  @Option(names = "--time-passes", description = "Print the time of every step to stderr.")
  private boolean times;

  @Option(
      names = "--explain",
      paramLabel = "RULE@NODE",
      description = "Say why a rule does not apply at a TensorFlow node.")
  private String explain;

  private ExplainRule explanation;

  String passes() {
    return passes;
  }

  /** Observers that these options ask for; throws {@code BAD_PASS} for unknown names. */
  List<PassRunner.Observer> observers(PrintWriter err, List<Pass> pipeline) {
    if (before.isEmpty() && after.isEmpty()) {
      return List.of();
    }
    require("--print-before", before, pipeline);
    require("--print-after", after, pipeline);
    return List.of(new GraphDumps(before, after, err));
  }

  private static void require(String option, Set<String> names, List<Pass> pipeline) {
    names.stream()
        .filter(n -> !n.equals("all"))
        .forEach(n -> PassSpec.requirePass(option, n, pipeline));
  }

  Explain explain(CommandLine command, List<Pass> pipeline) {
    if (explain == null) {
      return Explain.NONE;
    }
    int at = explain.indexOf('@');
    if (at <= 0 || at == explain.length() - 1) {
      throw new CommandLine.ParameterException(
          command, "--explain " + explain + ": expected RULE@NODE");
    }
    String rule = explain.substring(0, at);
    PassSpec.requireRule("--explain", rule, pipeline);
    explanation = new ExplainRule(rule, explain.substring(at + 1));
    return explanation;
  }

  void report(Conversion done, PrintWriter err) {
    if (explanation != null) {
      String rule = explain.substring(0, explain.indexOf('@'));
      err.println(explanation.text(done.rules().getOrDefault(rule, 0)));
    }
    if (times) {
      done.nanoseconds()
          .forEach((step, ns) -> err.printf(Locale.ROOT, "%9.1f ms  %s%n", ns / 1e6, step));
      err.printf(Locale.ROOT, "%9.1f ms  in all%n", done.seconds() * 1e3);
    }
    err.flush();
  }
}
