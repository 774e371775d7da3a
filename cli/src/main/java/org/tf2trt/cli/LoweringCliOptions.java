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

  @Option(
      names = "--fake-quant",
      paramLabel = "exact|qdq",
      description =
          "Simulated quantisation: its arithmetic in floats, with TensorFlow's values, or the same"
              + " steps as QuantizeLinear and DequantizeLinear of 8 bits, from which TensorRT makes"
              + " int8 kernels; default: exact.")
  private LoweringOptions.FakeQuant fakeQuant = LoweringOptions.DEFAULT.fakeQuant();

  LoweringOptions options() {
    return LoweringOptions.DEFAULT.with(random).with(fakeQuant);
  }
}
