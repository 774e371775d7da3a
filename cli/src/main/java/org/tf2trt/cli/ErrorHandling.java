// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import picocli.CommandLine;

/** Turns what a command throws into messages and an exit code. */
final class ErrorHandling
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  /** Two lines; the whole usage would push the reason out of sight. */
  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (e instanceof DiagnosticException d) {
      d.diagnostics().forEach(err::println);
      if (d.getCause() != null && Main.of(command).debug()) {
        d.getCause().printStackTrace(err);
      }
      err.flush();
      boolean ours = d.diagnostics().stream().map(Diagnostic::code).anyMatch(c -> c.internal());
      return ours ? ExitCode.OUR_BUG : ExitCode.MODEL;
    }
    err.println("internal error: " + e);
    if (Main.of(command).debug()) {
      e.printStackTrace(err);
    } else {
      err.println("This is a bug of tf2trt. Run again with --debug and report what it prints.");
    }
    err.flush();
    return ExitCode.OUR_BUG;
  }
}
