// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.run.OrtRunner;

/** One model with open dimensions, converted for the shapes that are wanted. */
class ExplicitShapesTest {
  private static final Path MODEL = Path.of(System.getProperty("models"), "sample-model");

  @TempDir private Path folder;

  private Conversion convert(String... shapes) {
    return Converter.convert(
        ConvertRequest.of(MODEL.resolve("saved_model"), folder.resolve("model.onnx"))
            .edit()
            .shapes(List.of(shapes))
            .build());
  }

  private static String output(Conversion done) {
    return done.graph().outputs().get(0).type().toString();
  }

  @Test
  void openDimensionsStayOpen() {
    assertEquals(
        "f32[batch,2*floordiv(image_d1+1,2),2*floordiv(image_d2+1,2),3]", output(convert()));
  }

  @Test
  void aFixedShapeFixesEverything() {
    Conversion open = convert();
    Conversion fixed = convert("image=1x64x48x3");
    assertEquals("f32[1,64,48,3]", output(fixed));
    assertTrue(fixed.after().nodes() < open.after().nodes(), "no arithmetic on shapes is left");
  }

  @Test
  void symbolsSayWhichDimensionsAreOne() {
    assertEquals(
        "f32[N,2*floordiv(S+1,2),2*floordiv(S+1,2),3]", output(convert("image=NxSxSx3")));
  }

  @Test
  void theFixedModelComputesWhatTensorFlowDoes() {
    Conversion fixed = convert("image=1x64x48x3");
    Golden golden = GoldenFile.of(MODEL.resolve("io.npz")).read().get(0);
    try (OrtRunner runner = OrtRunner.open(fixed.written().model())) {
      Comparison comparison = GoldenCheck.check(runner, golden, Expectation.STRICT);
      assertTrue(comparison.passed(), comparison.table());
    }
  }

  @Test
  void aShapeThatContradictsTheModelIsRefused() {
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> convert("image=1x64x48x4"));
    assertTrue(refused.getMessage().contains("does not fit"), refused.getMessage());
  }
}
