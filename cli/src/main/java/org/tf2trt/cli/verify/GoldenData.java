// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.run.GeneratedInputs;
import org.tf2trt.verify.run.OrtRunner;

/** Inputs with the outputs that they should have. */
public final class GoldenData {
  private static final int OPEN_DIM = 2;

  private GoldenData() {}

  /** Of files; throws {@code BAD_DATA} for one that says nothing about outputs. */
  public static List<Golden> read(List<Path> files) {
    List<Golden> all = new ArrayList<>();
    for (Path file : files) {
      List<Golden> goldens = GoldenFile.of(file).read();
      if (goldens.get(0).outputs().isEmpty()) {
        throw DiagnosticException.of(
            Code.BAD_DATA,
            file.toString(),
            "it has no arrays out/NAME",
            "save what TensorFlow computes under these names");
      }
      all.addAll(goldens);
    }
    return all;
  }

  /** Made-up inputs with what ONNX Runtime computes without optimisations; open dims are 2. */
  public static Golden generated(Path onnx, long seed) {
    try (OrtRunner runner = OrtRunner.open(onnx)) {
      Map<String, TensorData> inputs = new GeneratedInputs(seed, OPEN_DIM).of(runner.inputs());
      return new Golden(inputs, runner.run(inputs));
    }
  }
}
