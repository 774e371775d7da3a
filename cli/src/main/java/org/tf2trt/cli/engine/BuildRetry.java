// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Builds again with more nodes in float32 when TensorRT does not take some in low precision or has
 * no kernel for them, or rounds more than was foreseen: its kernels may add up in the type that
 * they compute in.
 */
public final class BuildRetry {
  /** Each attempt takes a build's time; a network that needs more has another problem. */
  private static final int MAX_ATTEMPTS = 8;

  /** Shares of the error bound that simulated rounding may use up, one after the other. */
  private static final List<Double> SHARES = List.of(1.0, 0.3, 0.1, 0.03);

  private static final Pattern NO_KERNEL =
      Pattern.compile(
          "(?i)(any implementation for node|no implementation|no valid tactic"
              + "|no supported formats|could not infer output types)");

  /** What the parser says of nodes whose inputs it does not take in these types. */
  private static final Pattern WRONG_TYPE =
      Pattern.compile("(?i)(same (input )?types|datatype|data type|input is supported for)");

  private static final Pattern NAME = Pattern.compile("'([^']+)'");

  private BuildRetry() {}

  /**
   * What to keep in float32.
   *
   * @param wide TensorFlow nodes that stay in float32
   * @param share the part of the error bound that rounding may use up as it is simulated, as {@link
   *     org.tf2trt.convert.precision.PrecisionRequest#share} has it
   */
  public record Choice(Set<String> wide, double share) {
    public static final Choice FIRST = new Choice(Set.of(), SHARES.get(0));

    private Choice with(Set<String> more) {
      Set<String> all = new LinkedHashSet<>(wide);
      all.addAll(more);
      return new Choice(all, share);
    }
  }

  /** Converts with some nodes in float32, and builds. */
  public interface Attempt<T> {
    /**
     * Runs once.
     *
     * @throws DiagnosticException as the build fails
     */
    T run(Choice choice);
  }

  /** Judges an engine. */
  public interface Check<T> {
    /** What is wrong with its accuracy, in words; empty when nothing is or nobody can tell. */
    Optional<String> problem(T result);
  }

  /**
   * What came of it.
   *
   * @param result of the last attempt
   * @param warnings one for each node that went back to float32 for want of a kernel, and one for
   *     each engine that was not exact enough
   */
  public record Result<T>(T result, List<Diagnostic> warnings) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Throws what an attempt throws when no further node can be blamed. The last engine is the result
   * even when it is not exact enough, with a warning that says so.
   */
  public static <T> Result<T> run(Attempt<T> attempt, Check<T> check) {
    Choice choice = Choice.FIRST;
    List<Diagnostic> warnings = new ArrayList<>();
    for (int i = 1; ; i++) {
      T result;
      try {
        result = attempt.run(choice);
      } catch (DiagnosticException e) {
        Set<String> blamed = refusedInLowPrecision(e.diagnostics());
        blamed.removeAll(choice.wide());
        if (blamed.isEmpty() || i == MAX_ATTEMPTS) {
          throw e;
        }
        blamed.forEach(node -> warnings.add(noKernel(node)));
        choice = choice.with(blamed);
        continue;
      }
      Optional<String> problem = check.problem(result);
      int next = SHARES.indexOf(choice.share()) + 1;
      boolean last = next == SHARES.size() || i == MAX_ATTEMPTS;
      problem.ifPresent(p -> warnings.add(inexact(p, last)));
      if (problem.isEmpty() || last) {
        return new Result<>(result, warnings);
      }
      choice = new Choice(choice.wide(), SHARES.get(next));
    }
  }

  private static Diagnostic noKernel(String node) {
    return Diagnostic.warning(
        Code.BUILD_FAILED,
        "'" + node + "'",
        "TensorRT does not compute it in low precision, so it stays in fp32",
        "name it in --fp32 to spare the attempt");
  }

  private static Diagnostic inexact(String problem, boolean last) {
    return last
        ? Diagnostic.warning(
            Code.ACCURACY,
            "--precision",
            "the engine is less exact than asked for: " + problem,
            "keep more nodes in float32 with --fp32, or use another precision")
        : Diagnostic.warning(
            Code.ACCURACY,
            "--precision",
            "TensorRT rounds more than was foreseen, so the engine was built again with more nodes"
                + " in fp32: "
                + problem,
            "");
  }

  /**
   * The TensorFlow nodes that the builder has no kernel for, or that the parser does not take in
   * these types.
   */
  static Set<String> refusedInLowPrecision(List<Diagnostic> diagnostics) {
    Set<String> nodes = new LinkedHashSet<>();
    for (Diagnostic d : diagnostics) {
      boolean kernel = d.code() == Code.BUILD_FAILED && NO_KERNEL.matcher(d.message()).find();
      boolean type = d.code() == Code.TENSORRT_REFUSED && WRONG_TYPE.matcher(d.message()).find();
      if (kernel || type) {
        Matcher m = NAME.matcher(d.subject());
        while (m.find()) {
          nodes.add(m.group(1));
        }
      }
    }
    return nodes;
  }
}
