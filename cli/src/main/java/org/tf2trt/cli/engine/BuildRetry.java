// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Builds again with other nodes in float32 when TensorRT has no kernel for them in low precision.
 */
public final class BuildRetry {
  /** Each attempt takes a build's time; a network that needs more has another problem. */
  private static final int MAX_ATTEMPTS = 8;

  private static final Pattern NO_KERNEL =
      Pattern.compile("(?i)(any implementation for node|no implementation|no valid tactic)");
  private static final Pattern NAME = Pattern.compile("'([^']+)'");

  private BuildRetry() {}

  /** Converts with some nodes in float32, and builds. */
  public interface Attempt<T> {
    /**
     * Runs once.
     *
     * @param wide TensorFlow nodes that stay in float32
     * @throws DiagnosticException as the build fails
     */
    T run(Set<String> wide);
  }

  /**
   * What came of it.
   *
   * @param result of the last attempt
   * @param warnings one for each node that went back to float32
   */
  public record Result<T>(T result, List<Diagnostic> warnings) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /** Throws what an attempt throws when no further node can be blamed. */
  public static <T> Result<T> run(Attempt<T> attempt) {
    Set<String> wide = new LinkedHashSet<>();
    List<Diagnostic> warnings = new ArrayList<>();
    for (int i = 1; ; i++) {
      try {
        return new Result<>(attempt.run(wide), warnings);
      } catch (DiagnosticException e) {
        Set<String> blamed = withoutKernel(e.diagnostics());
        blamed.removeAll(wide);
        if (blamed.isEmpty() || i == MAX_ATTEMPTS) {
          throw e;
        }
        for (String node : blamed) {
          warnings.add(
              Diagnostic.warning(
                  Code.BUILD_FAILED,
                  "'" + node + "'",
                  "TensorRT has no kernel for it in low precision, so it stays in fp32",
                  "name it in --fp32 to spare the attempt"));
        }
        wide.addAll(blamed);
      }
    }
  }

  /** The TensorFlow nodes that builder errors say there is no kernel for. */
  static Set<String> withoutKernel(List<Diagnostic> diagnostics) {
    Set<String> nodes = new LinkedHashSet<>();
    for (Diagnostic d : diagnostics) {
      if (d.code() == Code.BUILD_FAILED && NO_KERNEL.matcher(d.message()).find()) {
        Matcher m = NAME.matcher(d.subject());
        while (m.find()) {
          nodes.add(m.group(1));
        }
      }
    }
    return nodes;
  }
}
