// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.List;
import org.tf2trt.convert.Extensions;
import picocli.CommandLine.Option;

/** Options that add ops and passes. */
final class ExtensionOptions {
  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description =
          "Ops as functions of standard ops, in ONNX's text syntax; see docs/custom-ops.md."
              + " Repeatable.")
  private List<Path> recipes = List.of();

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description = "Passes, rules and lowerings in Java; see docs/writing-a-pass.md. Repeatable.")
  private List<Path> plugins = List.of();

  private Extensions loaded;

  /** Reads and loads them once; throws a diagnostic for what cannot be used. */
  Extensions extensions() {
    if (loaded == null) {
      loaded = Extensions.load(recipes, plugins);
    }
    return loaded;
  }
}
