// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Calls code of a plugin so that its faults are reported as the plugin's. */
public final class Foreign {
  private Foreign() {}

  /**
   * What {@code code} gives.
   *
   * @param who such as {@code pass my-pass of my.jar}
   * @throws DiagnosticException PLUGIN_FAILED for anything but diagnostics that it throws; those
   *     that would be faults of ours become PLUGIN_BROKE_GRAPH
   */
  public static <T> T call(String who, Supplier<T> code) {
    try {
      return code.get();
    } catch (DiagnosticException e) {
      throw new DiagnosticException(blame(who, e.diagnostics()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw failed(who, e);
    }
  }

  /** Findings that are internal become the plugin's. */
  static List<Diagnostic> blame(String who, List<Diagnostic> diagnostics) {
    List<Diagnostic> blamed = new ArrayList<>();
    for (Diagnostic d : diagnostics) {
      blamed.add(
          d.code().internal()
              ? Diagnostic.error(
                  Code.PLUGIN_BROKE_GRAPH,
                  who,
                  (d.subject().isEmpty() ? "" : d.subject() + ": ") + d.message(),
                  "correct the plugin, or run without it")
              : d);
    }
    return blamed;
  }

  private static DiagnosticException failed(String who, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String at = trace.length == 0 ? "" : " at " + trace[0];
    DiagnosticException failed =
        DiagnosticException.of(
            Code.PLUGIN_FAILED,
            who,
            "threw " + e + at,
            "report it to the plugin's author; --debug shows the whole stack trace");
    failed.initCause(e);
    return failed;
  }
}
