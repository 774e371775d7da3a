// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** {@code --shape}. */
final class ShapeOption {
  @Option(
      names = "--shape",
      paramLabel = "NAME=1x224x224x3",
      description = "Pin the shape of an input; '?' or a symbol leaves a dim open. Repeatable.")
  private List<String> shapes = List.of();

  List<String> shapes() {
    return shapes;
  }
}
