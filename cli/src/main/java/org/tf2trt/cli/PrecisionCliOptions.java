// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.verify.golden.GoldenFile;
import picocli.CommandLine.Option;

/** Options for what a network computes in. */
final class PrecisionCliOptions {
  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16|bf16",
      description =
          "What the network computes in; default: fp32. Nodes that would cost accuracy stay in fp32.")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--io-type",
      split = ",",
      paramLabel = "[NAME=]fp16",
      description =
          "Type of inputs and outputs: of all that are float32, or of one. Default: as in TensorFlow.")
  private List<String> ioTypes = List.of();

  @Option(
      names = "--fp32",
      split = ",",
      paramLabel = "NODE|OP",
      description = "TensorFlow nodes and ONNX ops that stay in fp32.")
  private List<String> excluded = List.of();

  @Option(
      names = "--calibration",
      paramLabel = "IO.npz",
      description =
          "Inputs (arrays in/NAME) to measure the accuracy on; default: generated ones. Repeatable.")
  private List<Path> calibration = List.of();

  @Option(
      names = "--max-error",
      paramLabel = "E",
      description =
          "How far outputs may be from fp32, over their largest magnitude; default: 0.01."
              + " 0 measures nothing.")
  private double maxError = PrecisionRequest.MAX_ERROR;

  PrecisionRequest request() {
    List<Map<String, TensorData>> samples = new ArrayList<>();
    for (Path file : calibration) {
      GoldenFile.of(file).read().forEach(golden -> samples.add(golden.inputs()));
    }
    return new PrecisionRequest(
        precision, ioTypes, new LinkedHashSet<>(excluded), samples, maxError, 1);
  }
}
