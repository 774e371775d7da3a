// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --value}. */
final class ValueOption {
  @Option(
      names = "--value",
      paramLabel = "NAME=V[,V...]",
      description = "Make an input a constant, as is_training=false or scales=0.5,1,2. Repeatable.")
  private Map<String, String> values = new LinkedHashMap<>();

  Map<String, String> values() {
    return values;
  }
}
