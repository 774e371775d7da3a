// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.DType;
import org.tf2trt.verify.run.OrtRunner;

class PrecisionOptionsTest {
  @TempDir private Path folder;
  private Path model;
  private Path onnx;

  @BeforeEach
  void makeModel() throws IOException {
    model = SampleGraphs.relu(folder.resolve("relu.pb"));
    onnx = folder.resolve("relu.onnx");
  }

  @Test
  void inputsAndOutputsOfFp16NeedNoCast() {
    CommandRun run =
        CommandRun.of("convert", model, "-o", onnx, "--precision", "fp16", "--io-type", "fp16");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("1 nodes low, 0 float32 islands"), run.out());
    assertTrue(run.out().contains("0 casts"), run.out());
    // Of all inputs that it was measured on, the largest.
    assertEquals(1, run.out().split("output y: error", -1).length - 1, run.out());
    try (OrtRunner runner = OrtRunner.open(onnx)) {
      assertEquals(DType.F16, runner.inputs().get(0).type().dtype());
      assertEquals(DType.F16, runner.outputs().get(0).type().dtype());
    }
  }

  @Test
  void ioTypesAloneCastAtTheBorder() {
    CommandRun run = CommandRun.of("convert", model, "-o", onnx, "--io-type", "x=fp16");
    assertEquals(0, run.code(), run.err());
    try (OrtRunner runner = OrtRunner.open(onnx)) {
      assertEquals(DType.F16, runner.inputs().get(0).type().dtype());
      assertEquals(DType.F32, runner.outputs().get(0).type().dtype());
    }
  }

  @Test
  void wrongTypesAndNamesAreReported() {
    refused("TF006", "--io-type", "nope=fp16");
    refused("TF023", "--io-type", "x=int8");
    refused("TF023", "--io-type", "fp16", "--precision", "bf16");
    assertEquals(2, CommandRun.of("convert", model, "-o", onnx, "--precision", "int8").code());
  }

  private void refused(String code, String... options) {
    Object[] args = new Object[options.length + 4];
    System.arraycopy(new Object[] {"convert", model, "-o", onnx}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    CommandRun run = CommandRun.of(args);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("error[" + code + "]"), run.err());
  }
}
