// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import org.tf2trt.frontend.lower.LoweringOptions;
import picocli.CommandLine.Option;

/** Options for what TensorFlow ops become where there is a choice. */
final class LoweringCliOptions {
  @Option(
      names = "--random",
      paramLabel = "keep|fold|refuse",
      description =
          "Random numbers drawn by the model: keep as ONNX's random ops, fold to numbers drawn"
              + " now, or refuse; default: keep.")
  private LoweringOptions.Randomness random = LoweringOptions.DEFAULT.random();

  LoweringOptions options() {
    return LoweringOptions.DEFAULT.with(random);
  }
}
