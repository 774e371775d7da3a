// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.passes.clean.UnrollLoops;
import picocli.CommandLine;

/** Checks of option values that picocli's types do not make; all end in a usage error. */
final class Options {
  private Options() {}

  /** Whether a file is to become an engine; other endings than these and .onnx are refused. */
  static boolean isPlan(CommandLine command, Path output) {
    String name = String.valueOf(output.getFileName());
    if (endsLikePlan(name)) {
      return true;
    }
    if (!name.endsWith(".onnx")) {
      throw new CommandLine.ParameterException(
          command, "-o " + output + ": the output has to end in .onnx or .plan");
    }
    return false;
  }

  static void requirePlan(CommandLine command, Path output) {
    if (!endsLikePlan(String.valueOf(output.getFileName()))) {
      throw new CommandLine.ParameterException(
          command, "-o " + output + ": the output has to end in .plan");
    }
  }

  static void requireOnnx(CommandLine command, String option, Path file) {
    if (!String.valueOf(file.getFileName()).endsWith(".onnx")) {
      throw new CommandLine.ParameterException(
          command, option + " " + file + ": the file has to end in .onnx");
    }
  }

  static boolean endsLikePlan(String name) {
    return name.endsWith(".plan") || name.endsWith(".engine");
  }

  static void requireOpset(CommandLine command, int opset) {
    if (opset < EmitOptions.MIN_OPSET || opset > EmitOptions.MAX_OPSET) {
      throw new CommandLine.ParameterException(
          command,
          "--opset %d: expected %d to %d"
              .formatted(opset, EmitOptions.MIN_OPSET, EmitOptions.MAX_OPSET));
    }
  }

  /** The most iterations that {@code --unroll} asks to write out. */
  static int unroll(CommandLine command, String text) {
    if (text == null) {
      return UnrollLoops.DEFAULT_TRIPS;
    }
    if (text.equals("off")) {
      return 0;
    }
    try {
      int trips = Integer.parseInt(text);
      if (trips >= 0) {
        return trips;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new CommandLine.ParameterException(
        command, "--unroll " + text + ": expected a number of iterations, or off");
  }
}
