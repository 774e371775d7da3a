// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.tf2trt.ir.Graph;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassRunner;

/**
 * One line that says which pass is at work, for a person who waits at a terminal. It is shown only
 * when the work already takes long, and erased at the end.
 */
final class Progress implements PassRunner.Observer, AutoCloseable {
  private static final long PATIENCE = 1_000_000_000;

  private final PrintWriter err;
  private final long start = System.nanoTime();
  private boolean shown;

  private Progress(PrintWriter err) {
    this.err = err;
  }

  /** Silent unless the process talks to a terminal. */
  static Progress on(PrintWriter err) {
    return new Progress(isTerminal() ? err : null);
  }

  /** From JDK 22 on there is always a console, and a method that Java 17 lacks tells more. */
  static boolean isTerminal() {
    Optional<Console> console = Optional.ofNullable(System.console());
    try {
      return console.isPresent()
          && (Boolean) Console.class.getMethod("isTerminal").invoke(console.get());
    } catch (ReflectiveOperationException e) {
      return console.isPresent();
    }
  }

  @Override
  public void before(Pass pass, Graph graph) {
    if (err != null && System.nanoTime() - start > PATIENCE) {
      err.printf("\r\033[K%s: %d nodes", pass.name(), graph.size());
      err.flush();
      shown = true;
    }
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
