// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.run.OrtRunner;

/** One model in float32 and in float16, and how far each is from TensorFlow. */
class HalfPrecisionTest {
  private static final Path MODEL = Path.of(System.getProperty("models"), "sample-model");

  private final Golden golden = GoldenFile.of(MODEL.resolve("io.npz")).read().get(0);

  @TempDir private Path folder;

  private Conversion convert(Precision precision) {
    return Converter.convert(
        ConvertRequest.of(MODEL.resolve("saved_model"), folder.resolve(precision + ".onnx"))
            .edit()
            .shapes(List.of("image=1x64x48x3"))
            .precision(PrecisionRequest.of(precision).on(List.of(golden.inputs())))
            .build());
  }

  private Comparison compare(Conversion done, double bound) {
    try (OrtRunner runner = OrtRunner.open(done.written().model())) {
      return GoldenCheck.check(runner, golden, Expectation.STRICT.withFloor(bound));
    }
  }

  @Test
  void accuracyIsComparedWithTensorFlow() {
    Conversion wide = convert(Precision.FP32);
    Conversion half = convert(Precision.FP16);
    Comparison exact = compare(wide, 0);
    Comparison close = compare(half, 1e-2);
    System.out.printf("float32%n%sfloat16%n%s", exact.table(), close.table());
    assertTrue(exact.passed(), exact.table());
    assertTrue(close.passed(), close.table());
    assertTrue(close.error() > exact.error(), "float16 costs something");
    assertTrue(half.written().bytes() < 0.7 * wide.written().bytes(), "weights take half the bytes");
  }

  @Test
  void theReportNamesWhatStaysInFloat32() {
    PrecisionReport report = convert(Precision.FP16).precision().orElseThrow();
    assertEquals(Precision.FP16, report.precision());
    assertTrue(report.low() > 0 && !report.islands().isEmpty(), report.toString());
    assertTrue(report.comparison().error() <= report.bound(), report.comparison().table());
  }
}
