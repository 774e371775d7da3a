// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.util.List;
import java.util.Optional;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.imports.StateMode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose a part of a TensorFlow model. */
final class SelectionOptions {
  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description = "The signature to convert; default: serving_default, or the only one.")
  private String signature;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      split = ",",
      description = "Tags of the graph in a SavedModel; default: serve.")
  private List<String> tags = List.of();

  @Option(
      names = "--inputs",
      paramLabel = "T",
      split = ",",
      description =
          "Inputs, as signature keys or tensors such as block1/conv:0. A tensor inside the graph"
              + " cuts it there. Default: the signature's, or all placeholders.")
  private List<String> inputs = List.of();

  @Option(
      names = "--outputs",
      paramLabel = "T",
      split = ",",
      description =
          "Outputs, as signature keys or tensors. Default: the signature's, or all that nothing"
              + " reads.")
  private List<String> outputs = List.of();

  @Option(
      names = "--variables",
      paramLabel = "fixed|io",
      description =
          "Variables that the model changes: fixed keeps their saved values, so that every call is"
              + " the first; io makes each an input, its value before the call, and an output"
              + " NAME_next, its value after it. Default: fixed.")
  private StateMode variables = StateMode.FIXED;

  @Mixin private ValueOption values = new ValueOption();

  Selection selection() {
    return new Selection(
        Optional.ofNullable(signature), tags, inputs, outputs, variables, values.values());
  }
}
